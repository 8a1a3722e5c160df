// Paints the marks of a day on four canvases: areas, people, sites, names. Among many marks a step to the next day
// paints only what changed.

// With more marks than this in view none steps aside or claims room from names: the reader has to zoom in anyway.
const MOST_APART = 800;
// More changes than this are painted faster anew.
const MOST_CHANGES = 1500;
// Signs shrink where this many lie in view, whatever the day, so that they keep their size while time runs.
const CROWDS = [[12000, 0.5], [3000, 0.75]];
const CELL = 32;
// Among many marks, of those within this many pixels the newest is painted: it hides the others.
const THIN = 4;
const ASIDE = [[0, 0], [22, -16], [-22, -16], [22, 18], [-22, 18], [48, -16], [-48, -16]];

const signBox = (x, y) => [x - 11, y - 12, x + 12, y + 12];

function stepAside(boxes, x, y, isBusy) {
  const steps = isBusy ? ASIDE.slice(1) : ASIDE;
  return steps.find(([dx, dy]) => boxes.isFree(signBox(x + dx, y + dy))) || steps[0];
}

function drawLead(ctx, x0, y0, x1, y1, theme) {
  ctx.strokeStyle = theme["town-soft"];
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

class Painter {
  // `controls()`: boxes of the map's controls, where no name may hide.
  constructor(marks, names, controls) {
    Object.assign(this, { marks, names, controls });
    this.x = new Float32Array(marks.spots.length / 2);
    this.y = new Float32Array(marks.spots.length / 2);
    // Where a sign stands once it has stepped aside, and the points along an arrow.
    this.standX = new Float32Array(marks.count);
    this.standY = new Float32Array(marks.count);
    this.arrows = new Map();
    this.view = null;
  }

  // Where the spots are on the screen: once a view.
  place(view) {
    const { spots, count, data } = this.marks;
    this.view = view;
    for (let i = 0; i < this.x.length; i++) {
      this.x[i] = spots[2 * i] * view.scale - view.left;
      this.y[i] = spots[2 * i + 1] * view.scale - view.top;
    }
    let sites = 0;
    for (let mark = 0; mark < count; mark++) if (!this.marks.isMovement[mark] && this.holds(data.marks.spot[mark])) sites++;
    const crowd = CROWDS.find(([least]) => sites > least);
    this.size = crowd ? crowd[1] : 1;
    this.taken = this.controls(view);
  }

  holds(spot) {
    return spot >= 0 && this.view.holds(this.x[spot], this.y[spot], 40);
  }

  isSeen(mark) {
    const { spot, to } = this.marks.data.marks;
    return this.holds(spot[mark]) || this.holds(to[mark]);
  }

  look() {
    this.seen = this.marks.active.filter((mark) => this.isSeen(mark));
    this.isSparse = this.seen.length <= MOST_APART;
  }

  // Among many marks, which of these are not hidden by a newer one, or by a wider circle of people.
  thinned(marks) {
    if (this.isSparse) return marks;
    const { marks: table } = this.marks.data;
    const wide = Math.ceil(this.view.width / THIN) + 24;
    const most = new Float32Array(wide * (Math.ceil(this.view.height / THIN) + 24)).fill(-1);
    const kept = [];
    for (let i = marks.length - 1; i >= 0; i--) {
      const mark = marks[i];
      const spot = table.spot[mark];
      const cell = (Math.floor(this.y[spot] / THIN) + 11) * wide + Math.floor(this.x[spot] / THIN) + 11;
      const reach = this.marks.isMovement[mark] ? peopleRadius(this.marks.amounts[mark]) : 0;
      if (table.to[mark] < 0 && most[cell] >= reach) continue;
      if (table.to[mark] < 0) most[cell] = reach;
      kept.push(mark);
    }
    return kept.reverse();
  }

  paint(sheet, theme) {
    if (this.view !== sheet.view) this.place(sheet.view);
    this.theme = theme;
    this.ratio = sheet.ratio;
    this.look();
    this.arrows.clear();
    this.boxes = new Boxes();
    this.taken.forEach((box) => this.boxes.add(box));
    this.areaKey = null;
    this.paintAreas(sheet);
    const people = sheet.blank("people");
    const sites = sheet.blank("marks");
    const { isMovement } = this.marks;
    for (const mark of this.thinned(this.seen.filter((mark) => isMovement[mark]))) this.drawMovement(people, mark);
    if (this.isSparse) this.drawApart(sites);
    else for (const mark of this.thinned(this.seen.filter((mark) => !isMovement[mark]))) this.drawSite(sites, mark);
    this.told = "";
    this.paintNames(sheet);
  }

  // Paints a change of day on what was painted before.
  step(sheet, change, theme) {
    if (!sheet.view) return;
    const wasSparse = this.isSparse;
    const last = this.seen.length ? this.marks.rank[this.seen[this.seen.length - 1]] : -1;
    const changed = change.added.length + change.removed.length + change.regrown.length;
    if (this.view !== sheet.view || this.theme !== theme || wasSparse || changed > MOST_CHANGES) return this.paint(sheet, theme);
    this.look();
    if (this.isSparse) return this.paint(sheet, theme);
    const { isMovement } = this.marks;
    this.patch(sheet, "people", last, change, (mark) => isMovement[mark] === 1, (ctx, mark) => this.drawMovement(ctx, mark));
    this.patch(sheet, "marks", last, change, (mark) => !isMovement[mark], (ctx, mark) => this.drawSite(ctx, mark));
    this.paintAreas(sheet);
    this.boxes = new Boxes();
    this.taken.forEach((box) => this.boxes.add(box));
    this.paintNames(sheet);
  }

  // On one canvas: what came, where nothing lies above it, else all that touches what changed.
  patch(sheet, name, last, change, isOnIt, draw) {
    const ctx = sheet.ctx[name];
    const pick = (marks) => marks.filter((mark) => isOnIt(mark) && this.isSeen(mark));
    const [added, rest] = [pick(change.added), [...pick(change.removed), ...pick(change.regrown)]];
    if (!rest.length && added.every((mark) => this.marks.rank[mark] > last)) return added.forEach((mark) => draw(ctx, mark));
    const wide = Math.ceil(this.view.width / CELL) + 1;
    const high = Math.ceil(this.view.height / CELL) + 1;
    const isDirty = new Uint8Array(wide * high);
    for (const mark of [...added, ...rest]) this.eachCell(mark, wide, high, (cell) => { isDirty[cell] = 1; });
    const standing = this.thinned(this.seen.filter(isOnIt));
    const touched = standing.filter((mark) => this.touches(mark, wide, high, isDirty));
    // Cut to many small boxes, painting is slow.
    if (touched.length > standing.length / 3) {
      sheet.blank(name);
      return standing.forEach((mark) => draw(ctx, mark));
    }
    ctx.save();
    ctx.beginPath();
    isDirty.forEach((dirty, cell) => { if (dirty) ctx.rect((cell % wide) * CELL, Math.floor(cell / wide) * CELL, CELL, CELL); });
    ctx.clip();
    ctx.clearRect(0, 0, this.view.width, this.view.height);
    touched.forEach((mark) => draw(ctx, mark));
    ctx.restore();
  }

  touches(mark, wide, high, isDirty) {
    let found = false;
    this.eachCell(mark, wide, high, (cell) => { found = found || isDirty[cell] === 1; });
    return found;
  }

  eachCell(mark, wide, high, visit) {
    const [x0, y0, x1, y1] = this.boxOf(mark);
    for (let y = Math.max(0, Math.floor(y0 / CELL)); y <= Math.min(high - 1, Math.floor(y1 / CELL)); y++) {
      for (let x = Math.max(0, Math.floor(x0 / CELL)); x <= Math.min(wide - 1, Math.floor(x1 / CELL)); x++) visit(y * wide + x);
    }
  }

  // A box that a mark surely stays within.
  boxOf(mark) {
    const { spot, to } = this.marks.data.marks;
    const [x, y] = [this.x[spot[mark]], this.y[spot[mark]]];
    const reach = this.marks.isMovement[mark] ? 38 : (SPRITE / 2) * this.size;
    if (to[mark] < 0) return [x - reach, y - reach, x + reach, y + reach];
    const [x1, y1] = [this.x[to[mark]], this.y[to[mark]]];
    const bow = reach + Math.hypot(x1 - x, y1 - y) / 6;
    return [Math.min(x, x1) - bow, Math.min(y, y1) - bow, Math.max(x, x1) + bow, Math.max(y, y1) + bow];
  }

  // Near or within an area: a dashed outline, never a point alone.
  paintAreas(sheet) {
    const { spots, marks } = this.marks.data;
    const areas = new Set();
    for (const mark of this.seen) {
      for (const spot of [marks.spot[mark], marks.to[mark]]) {
        if (spot >= 0 && spots.precision[spot] !== 1) areas.add(spot);
      }
    }
    this.areas = areas;
    const key = [...areas].sort().join();
    if (key === this.areaKey) return;
    this.areaKey = key;
    const ctx = sheet.blank("areas");
    ctx.strokeStyle = ctx.fillStyle = this.theme.reach;
    ctx.lineWidth = 1.2;
    ctx.setLineDash([4, 4]);
    for (const spot of areas) {
      if (!spots.radius[spot] || spots.country[spot]) continue;
      const top = this.view.xy(spots.lng[spot], spots.lat[spot] + spots.radius[spot] / 111.2)[1];
      ctx.beginPath();
      ctx.arc(this.x[spot], this.y[spot], Math.abs(this.y[spot] - top), 0, 2 * Math.PI);
      ctx.globalAlpha = 0.07;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.stroke();
    }
  }

  drawMovement(ctx, mark) {
    const { marks } = this.marks.data;
    const look = { amount: this.marks.amounts[mark], pattern: marks.pattern[mark], stock: marks.stock[mark] };
    const [spot, to] = [marks.spot[mark], marks.to[mark]];
    if (marks.kind[mark] === "people") return stampPeople(ctx, this.x[spot], this.y[spot], look, this.theme, this.ratio);
    this.arrows.set(mark, drawArrow(ctx, [this.x[spot], this.y[spot]], [this.x[to], this.y[to]], look, this.theme));
  }

  drawSite(ctx, mark) {
    const spot = this.marks.data.marks.spot[mark];
    this.stamp(ctx, mark, this.x[spot], this.y[spot]);
  }

  stamp(ctx, mark, x, y) {
    this.standX[mark] = x;
    this.standY[mark] = y;
    stamp(ctx, x, y, this.marks.look(mark), this.theme, this.ratio, this.size);
  }

  // Every sign at its place; posts that would hide another sign step aside, on a thin line.
  drawApart(ctx) {
    const { marks } = this.marks.data;
    const isControl = (mark) => marks.kind[mark] === "control";
    const busy = new Set(this.marks.active.flatMap((mark) => (this.marks.isMovement[mark] || isControl(mark) ? [marks.spot[mark], marks.to[mark]] : [])));
    const sites = this.seen.filter((mark) => !this.marks.isMovement[mark]);
    for (const mark of [...sites.filter(isControl), ...sites.filter((mark) => !isControl(mark))]) {
      const [x0, y0] = [this.x[marks.spot[mark]], this.y[marks.spot[mark]]];
      const [dx, dy] = isControl(mark) ? [0, 0] : stepAside(this.boxes, x0, y0, busy.has(marks.spot[mark]));
      if (dx) drawLead(ctx, x0, y0, x0 + dx, y0 + dy, this.theme);
      this.stamp(ctx, mark, x0 + dx, y0 + dy);
      this.boxes.add(signBox(x0 + dx, y0 + dy));
    }
  }

  paintNames(sheet) {
    const movements = this.seen.filter((mark) => this.marks.isMovement[mark]);
    const figures = this.names.figures(movements);
    // Nothing else on this canvas hangs on the day while there are many marks.
    const told = JSON.stringify([figures, [...this.areas]]);
    if (told === this.told) return;
    this.told = told;
    this.names.paint(sheet.blank("names"), this, figures);
  }

  // The marks at a point of the canvas, nearest first.
  hitsAt(x, y) {
    const found = [];
    for (const mark of this.seen) {
      const gap = this.gap(mark, x, y);
      if (gap < 4) found.push({ mark, gap });
    }
    return found.sort((a, b) => a.gap - b.gap || this.marks.rank[b.mark] - this.marks.rank[a.mark]).map(({ mark }) => mark);
  }

  gap(mark, x, y) {
    const { kind, spot } = this.marks.data.marks;
    if (!this.marks.isMovement[mark]) {
      const [standX, standY] = this.isSparse ? [this.standX[mark], this.standY[mark]] : [this.x[spot[mark]], this.y[spot[mark]]];
      return Math.hypot(standX - x, standY - y) - 13 * this.size;
    }
    if (kind[mark] === "people") return Math.hypot(this.x[spot[mark]] - x, this.y[spot[mark]] - y) - peopleRadius(this.marks.amounts[mark]);
    const points = this.arrows.get(mark) || [];
    return Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y))) - 9;
  }
}
