// Signs that step aside from each other, on a thin line from where they belong.

const ASIDE = [[0, 0], [22, -16], [-22, -16], [22, 18], [-22, 18], [48, -16], [-48, -16]];

const signBox = (x, y) => [x - 11, y - 12, x + 12, y + 12];
// Two signs may touch each other.
const innerBox = (x, y) => [x - 8, y - 9, x + 8, y + 9];

function stepAside(boxes, x, y, isBusy) {
  const steps = isBusy ? ASIDE.slice(1) : ASIDE;
  return steps.find(([dx, dy]) => boxes.isFree(innerBox(x + dx, y + dy))) || steps[0];
}

function drawLead(ctx, x0, y0, x1, y1, theme) {
  ctx.strokeStyle = theme["town-soft"];
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}
