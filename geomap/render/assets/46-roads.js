// The names of roads, in small boxes on their lines.

// Between two names of one road lie at least this many pixels.
const ROAD_GAP = 320;

function drawRoadNames(ctx, view, boxes, roads, theme) {
  ctx.font = `700 10px ${theme.sans}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { name, line } of roads) {
    const named = [];
    for (const [x, y] of pointsAlong(view, line, 24)) {
      if (named.some(([px, py]) => Math.hypot(px - x, py - y) < ROAD_GAP)) continue;
      if (drawShield(ctx, view, boxes, name, x, y, theme)) named.push([x, y]);
    }
  }
}

function drawShield(ctx, view, boxes, name, x, y, theme) {
  const half = widthOf(ctx, name) / 2 + 4;
  const box = [x - half, y - 7, x + half, y + 7];
  if (!isWithin(box, view.shown) || !boxes.take(box)) return false;
  ctx.beginPath();
  ctx.roundRect(box[0], box[1], 2 * half, 14, 3);
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.strokeStyle = theme.border;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.fillStyle = theme["town-soft"];
  ctx.fillText(name, x, y + 0.5);
  return true;
}

// Points every few pixels along a line, those in the reader's sight alone.
function* pointsAlong(view, line, step) {
  for (let i = 2; i < line.length; i += 2) {
    const [[x0, y0], [x1, y1]] = [view.px(line[i - 2], line[i - 1]), view.px(line[i], line[i + 1])];
    const count = Math.min(400, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / step));
    for (let k = 0; k < count; k++) {
      const at = [x0 + ((x1 - x0) * k) / count, y0 + ((y1 - y0) * k) / count];
      if (isWithin([...at, ...at], view.shown)) yield at;
    }
  }
}
