// Names and figures that do not run into each other: the first to ask for a box gets it.

class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *_cells([x0, y0, x1, y1]) {
    for (let x = Math.floor(x0 / 64); x <= Math.floor(x1 / 64); x++) {
      for (let y = Math.floor(y0 / 64); y <= Math.floor(y1 / 64); y++) yield x * 100003 + y;
    }
  }

  isFree(box) {
    const hits = (b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1];
    for (const cell of this._cells(box)) if ((this.cells.get(cell) || []).some(hits)) return false;
    return true;
  }

  add(box) {
    for (const cell of this._cells(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  take(box) {
    if (!this.isFree(box)) return false;
    this.add(box);
    return true;
  }
}

const widths = new Map();

function widthOf(ctx, text) {
  const key = ctx.font + text;
  if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
  return widths.get(key);
}

function haloText(ctx, text, x, y, colour, halo, width) {
  ctx.lineJoin = "round";
  ctx.lineWidth = width || 3;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

// A name to the right of its point, else to the left, above or below; with the local name under it.
function drawName(ctx, boxes, x, y, label, style) {
  ctx.font = style.font;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const lines = label.local ? [label.name, label.local] : [label.name];
  const wide = Math.max(...lines.map((line) => widthOf(ctx, line)));
  const high = 14 * lines.length;
  const gap = style.gap;
  const corners = [[x + gap, y - 7], [x - gap - wide, y - 7], [x - wide / 2, y - gap - high], [x - wide / 2, y + gap]];
  const corner = corners.find(([left, top]) => boxes.take([left - 2, top, left + wide + 2, top + high]));
  if (!corner) return false;
  lines.forEach((line, i) => {
    haloText(ctx, line, corner[0], corner[1] + 7 + 14 * i, i ? style.soft : style.colour, style.halo);
  });
  return true;
}

// Figures in a small stack on paper: each with who says it, never added up.
function drawFigures(ctx, boxes, lines, places, theme) {
  ctx.font = `600 12px ${theme.sans}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const wide = Math.max(...lines.map((line) => widthOf(ctx, line))) + 10;
  const high = 15 * lines.length + 4;
  const boxOf = ([x, y]) => [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
  const place = places.find((at) => boxes.isFree(boxOf(at)));
  if (!place) return;
  const box = boxOf(place);
  boxes.add(box);
  ctx.globalAlpha = 0.88;
  ctx.fillStyle = theme.paper;
  ctx.beginPath();
  ctx.roundRect(box[0], box[1], wide, high, 3);
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.move;
  lines.forEach((line, i) => ctx.fillText(line, box[0] + 5, box[1] + 10 + 15 * i));
}
