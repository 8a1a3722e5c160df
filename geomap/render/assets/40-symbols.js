// What each mark looks like: the same shapes as in symbols.py, around 0, 0.

const RADIUS = 9;
const TOWER = {
  roof: new Path2D("M-7-4L0-10 7-4Z"), cabin: new Path2D("M-5-4H5V2H-5Z"),
  legs: new Path2D("M-4 2L-6 9M4 2L6 9M-5 5.5H5"), hatch: new Path2D("M-4 1L1-4M0 2L5-3M-3-5L1-9"),
};

function circle(ctx, radius) {
  ctx.beginPath();
  ctx.arc(0, 0, radius, 0, 2 * Math.PI);
}

function hatchDisc(ctx, colour, radius) {
  ctx.save();
  circle(ctx, radius);
  ctx.clip();
  ctx.beginPath();
  for (let step = -12; step <= 12; step += 4) {
    ctx.moveTo(step / 2 - 8, step / 2 + 8);
    ctx.lineTo(step / 2 + 8, step / 2 - 8);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.7;
  ctx.stroke();
  ctx.restore();
}

function ring(ctx, radius, colour, width, dash) {
  circle(ctx, radius);
  ctx.setLineDash(dash || []);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.setLineDash([]);
}

function fillDisc(ctx, radius, colour) {
  circle(ctx, radius);
  ctx.fillStyle = colour;
  ctx.fill();
}

function drawControl(ctx, look, theme) {
  if (look.besieger) ring(ctx, RADIUS + 5, look.besieger, 2.5, [3, 3]);
  fillDisc(ctx, RADIUS + 1.5, theme.paper);
  if (look.shape === "empty") return ring(ctx, RADIUS - 1, look.colour, 2, [3, 2.5]);
  ctx.save();
  if (look.shape === "half") {
    ctx.beginPath();
    ctx.rect(-20, -20, 20, 40);
    ctx.clip();
  }
  if (look.pattern === "hatched") hatchDisc(ctx, look.colour, RADIUS - 1);
  else fillDisc(ctx, look.pattern === "ringed" ? RADIUS / 2 : RADIUS - 1, look.colour);
  ctx.restore();
  ring(ctx, RADIUS - 1, look.colour, 2);
}

function drawPost(ctx, look, theme) {
  if (look.besieger) ring(ctx, RADIUS + 6, look.besieger, 2.5, [3, 3]);
  const isLeft = look.shape === "empty";
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.paper;
  ctx.lineWidth = 5;
  for (const path of [TOWER.roof, TOWER.cabin, TOWER.legs]) ctx.stroke(path);
  ctx.fillStyle = isLeft || look.pattern === "hatched" ? theme.paper : look.colour;
  ctx.strokeStyle = look.colour;
  ctx.lineWidth = isLeft ? 1.4 : 1.6;
  ctx.setLineDash(isLeft ? [3, 2.5] : []);
  for (const path of [TOWER.roof, TOWER.cabin]) { ctx.fill(path); ctx.stroke(path); }
  ctx.stroke(TOWER.legs);
  ctx.setLineDash([]);
  if (look.pattern === "hatched") ctx.stroke(TOWER.hatch);
  if (look.pattern === "ringed") ring(ctx, RADIUS + 4, look.colour, 1.4);
  if (look.count > 1) drawBadge(ctx, String(look.count), theme);
}

// A family that a plug-in describes: its own path in its own colour.
function drawSign(ctx, look, theme) {
  const path = new Path2D(look.symbol);
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.paper;
  ctx.lineWidth = 5;
  ctx.stroke(path);
  ctx.fillStyle = look.pattern === "solid" ? look.colour : theme.paper;
  ctx.strokeStyle = look.colour;
  ctx.lineWidth = 1.6;
  ctx.fill(path);
  ctx.setLineDash(look.pattern === "hatched" ? [3, 2] : []);
  ctx.stroke(path);
  ctx.setLineDash([]);
  if (look.pattern === "ringed") ring(ctx, RADIUS + 4, look.colour, 1.4);
  if (look.count > 1) drawBadge(ctx, String(look.count), theme);
}

const DRAW = { control: drawControl, post: drawPost, sign: drawSign };

function drawBadge(ctx, text, theme) {
  const wide = Math.max(7.5, 2.8 * text.length + 3);
  ctx.beginPath();
  ctx.roundRect(9 - wide, -16.5, 2 * wide, 15, 7.5);
  ctx.fillStyle = theme.ink;
  ctx.fill();
  ctx.strokeStyle = theme.paper;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.fillStyle = theme.page;
  ctx.font = `700 9px ${theme.sans}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, 9, -8.6);
}

// Ten thousand marks have few looks: each look is drawn once and copied.
const sprites = new Map();
const SPRITE = 52;

// `side` in whole pixels of the page.
function sprite(key, side, ratio, draw) {
  let found = sprites.get(key);
  if (!found) {
    found = document.createElement("canvas");
    found.width = found.height = side * ratio;
    const inside = found.getContext("2d", { willReadFrequently: true });
    inside.setTransform(ratio, 0, 0, ratio, (side / 2) * ratio, (side / 2) * ratio);
    draw(inside);
    sprites.set(key, found);
  }
  return found;
}

// Copied to whole pixels of the screen: several times faster than in between.
function paste(ctx, found, x, y, side, ratio) {
  ctx.drawImage(found, Math.round((x - side / 2) * ratio) / ratio, Math.round((y - side / 2) * ratio) / ratio, side, side);
}

function signSprite(look, theme, ratio, size) {
  return sprite(`${Object.values(look).join("|")}|${size}`, SPRITE * size, ratio, (inside) => {
    inside.scale(size, size);
    DRAW[look.kind](inside, look, theme);
  });
}

const arrowWidth = (amount) => 2 + 8 * Math.min(1, Math.sqrt(amount / 1e6));
const peopleRadius = (amount) => Math.max(6, Math.min(34, 30 * Math.sqrt(amount / 1e6)));
const bend = (x0, y0, x1, y1) => [(x0 + x1) / 2 + (y1 - y0) / 6, (y0 + y1) / 2 - (x1 - x0) / 6];

function stampPeople(ctx, x, y, look, theme, ratio) {
  const radius = Math.round(peopleRadius(look.amount) * 2) / 2;
  const side = 2 * Math.ceil(radius) + 4;
  const found = sprite(`people|${radius}|${look.pattern}|${look.stock}`, side, ratio, (inside) => drawPeople(inside, radius, look, theme));
  paste(ctx, found, x, y, side, ratio);
}

function drawPeople(ctx, radius, look, theme) {
  if (!look.stock) {
    ctx.globalAlpha = 0.22;
    fillDisc(ctx, radius, theme.move);
  }
  ctx.globalAlpha = look.stock ? 0.55 : 1;
  ring(ctx, radius, theme.move, look.stock ? 3 : 1.5, look.pattern === "hatched" ? [6, 4] : []);
}

// Returns points along the arrow, for clicks and labels.
function drawArrow(ctx, from, to, look, theme) {
  const [[x0, y0], [x1, y1]] = [from, to];
  const [cx, cy] = bend(x0, y0, x1, y1);
  const width = arrowWidth(look.amount);
  const angle = Math.atan2(y1 - cy, x1 - cx);
  const head = 5 + width * 1.5;
  const [bx, by] = [x1 - head * Math.cos(angle), y1 - head * Math.sin(angle)];
  ctx.save();
  ctx.globalAlpha = 0.72;
  ctx.strokeStyle = ctx.fillStyle = theme.move;
  ctx.lineWidth = width;
  ctx.setLineDash(look.pattern === "hatched" ? [8, 5] : []);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.quadraticCurveTo(cx, cy, bx, by);
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(bx - Math.sin(angle) * head * 0.6, by + Math.cos(angle) * head * 0.6);
  ctx.lineTo(bx + Math.sin(angle) * head * 0.6, by - Math.cos(angle) * head * 0.6);
  ctx.fill();
  ctx.restore();
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((t) => {
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    return [a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1];
  });
}
