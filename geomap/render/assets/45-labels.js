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

// A name to the right of its point, else to the left, above or below, with the local name under it; never cut by the
// edge of the map.
function drawName(ctx, boxes, x, y, label, style, view) {
  ctx.font = style.font;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const lines = label.local ? [label.name, label.local] : [label.name];
  const wide = Math.max(...lines.map((line) => widthOf(ctx, line)));
  const high = 14 * lines.length;
  const gap = style.gap;
  const corners = [[x + gap, y - 7], [x - gap - wide, y - 7], [x - wide / 2, y - gap - high], [x - wide / 2, y + gap]];
  const corner = corners.find(([left, top]) => {
    const box = [left - 2, top, left + wide + 2, top + high];
    return !isCut(view, box) && boxes.take(box);
  });
  if (!corner) return false;
  lines.forEach((line, i) => {
    haloText(ctx, line, corner[0], corner[1] + 7 + 14 * i, i ? style.soft : style.colour, style.halo);
  });
  return true;
}

// The name of a region or a water, in its middle.
function drawWideName(ctx, boxes, x, y, label, style, view) {
  ctx.font = style.font;
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  const lines = label.local ? [label.name, label.local] : [label.name];
  const half = Math.max(...lines.map((line) => widthOf(ctx, line))) / 2;
  const box = [x - half - 2, y - 7, x + half + 2, y + 14 * lines.length - 7];
  if (isCut(view, box) || !boxes.take(box)) return false;
  lines.forEach((line, i) => haloText(ctx, line, x, y + 14 * i, style.colour, style.halo));
  return true;
}

// Figures in a small stack on paper: each with who says it, never added up. Farther off, a thin line under the marks
// leads to them.
function drawFigures(ctx, below, boxes, lines, spot, theme, view) {
  ctx.font = `600 12px ${theme.sans}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const wide = Math.max(...lines.map((line) => widthOf(ctx, line))) + 10;
  const high = 15 * lines.length + 4;
  const boxOf = ([x, y]) => [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
  const inside = view.holds(spot.x, spot.y, 0) && isWithin([spot.x, spot.y, spot.x, spot.y], view.shown);
  const places = figurePlaces(spot, wide, high).map((place) => (inside ? pushedIn(place, wide, high, view.shown) : place));
  const place = places.find((at) => !isCut(view, boxOf(at)) && boxes.isFree(boxOf(at)));
  if (!place) return;
  const box = boxOf(place);
  boxes.add(box);
  const [dx, dy] = [Math.max(box[0] - spot.x, spot.x - box[2], 0), Math.max(box[1] - spot.y, spot.y - box[3], 0)];
  if (!spot.along && Math.hypot(dx, dy) > spot.reach + 14) {
    drawLead(below, spot.x, spot.y, Math.max(box[0], Math.min(spot.x, box[2])), Math.max(box[1], Math.min(spot.y, box[3])), theme);
  }
  ctx.globalAlpha = 0.88;
  ctx.fillStyle = theme.paper;
  ctx.beginPath();
  ctx.roundRect(box[0], box[1], wide, high, 3);
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.move;
  lines.forEach((line, i) => ctx.fillText(line, box[0] + 5, box[1] + 10 + 15 * i));
}

// Where the middle of figures may stand, best first: along an arrow, or around a circle and farther and farther out.
function figurePlaces({ x, y, reach, along }, wide, high) {
  if (along) return [...along, ...along.map(([px, py]) => [px + 60, py + 18]), ...along.map(([px, py]) => [px - 60, py - 18])];
  const found = [];
  for (const more of [4, 24, 48, 80, 120]) {
    const [right, down] = [reach + more + wide / 2, reach + more + high / 2];
    found.push([x, y + down], [x, y - down], [x + right, y], [x - right, y]);
    if (more > 4) found.push([x + right, y + down], [x - right, y + down], [x + right, y - down], [x - right, y - down]);
  }
  return found;
}

const pushedIn = ([x, y], wide, high, [left, top, right, bottom]) => [
  Math.max(left + wide / 2 + 2, Math.min(right - wide / 2 - 2, x)), Math.max(top + high / 2 + 2, Math.min(bottom - high / 2 - 2, y))];
