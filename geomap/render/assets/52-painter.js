// Paints the marks of a day on four canvases: areas, people, sites, names. Among many marks a step to the next day
// paints only what changed.

// With more marks than this in view none steps aside or claims room from names: the reader has to zoom in anyway.
const MOST_APART = 800;
// More changes than this are painted faster anew.
const MOST_CHANGES = 1500;

class Painter {
  // `controls()`: boxes of the map's controls, where no name may hide.
  constructor(marks, names, controls) {
    Object.assign(this, { marks, names, controls, screen: new Screen(marks) });
    // Where a sign stands once it has stepped aside, and the points along an arrow.
    this.standX = new Float32Array(marks.count);
    this.standY = new Float32Array(marks.count);
    this.arrows = new Map();
    this.view = null;
  }

  place(view) {
    this.view = view;
    this.screen.place(view);
    this.taken = this.controls(view);
    this.sprites = new Array(this.marks.count);
  }

  look() {
    this.seen = this.marks.active.filter((mark) => this.screen.isSeen(mark));
    this.isSparse = this.seen.length <= MOST_APART;
  }

  // Marks to paint, in the order in which they lie on each other.
  shown(isOnIt) {
    const marks = this.seen.filter(isOnIt);
    return this.isSparse ? marks : this.screen.thinned(marks);
  }

  clearBoxes() {
    this.boxes = new Boxes();
    this.taken.forEach((box) => this.boxes.add(box));
  }

  paint(sheet, theme) {
    if (this.view !== sheet.view || this.theme !== theme) this.place(sheet.view);
    this.theme = theme;
    this.ratio = sheet.ratio;
    this.look();
    this.arrows.clear();
    this.clearBoxes();
    for (const { name, isOnIt, draw } of this.layers()) {
      const ctx = sheet.blank(name);
      if (name === "marks" && this.isSparse) this.drawApart(ctx);
      else for (const mark of this.shown(isOnIt)) draw(ctx, mark);
    }
    this.told = "";
    this.paintWords(sheet);
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
    for (const layer of this.layers()) patch(sheet, this, layer, change, last);
    this.clearBoxes();
    this.paintWords(sheet);
  }

  // The canvases of marks, from below.
  layers() {
    const { isMovement } = this.marks;
    return [
      { name: "people", isOnIt: (mark) => isMovement[mark] === 1, draw: (ctx, mark) => this.drawMovement(ctx, mark) },
      { name: "marks", isOnIt: (mark) => !isMovement[mark], draw: (ctx, mark) => this.drawSite(ctx, mark) },
    ];
  }

  drawMovement(ctx, mark) {
    const { marks } = this.marks.data;
    const { x, y } = this.screen;
    const look = { amount: this.marks.amounts[mark], pattern: marks.pattern[mark], stock: marks.stock[mark] };
    const [spot, to] = [marks.spot[mark], marks.to[mark]];
    if (marks.kind[mark] === "people") return stampPeople(ctx, x[spot], y[spot], look, this.theme, this.ratio);
    this.arrows.set(mark, drawArrow(ctx, [x[spot], y[spot]], [x[to], y[to]], look, this.theme));
  }

  drawSite(ctx, mark) {
    const spot = this.marks.data.marks.spot[mark];
    this.stamp(ctx, mark, this.screen.x[spot], this.screen.y[spot]);
  }

  stamp(ctx, mark, x, y) {
    this.standX[mark] = x;
    this.standY[mark] = y;
    const { size } = this.screen;
    this.sprites[mark] = this.sprites[mark] || signSprite(this.marks.look(mark), this.theme, this.ratio, size);
    paste(ctx, this.sprites[mark], x, y, SPRITE * size, this.ratio);
  }

  // Every sign at its place; posts that would hide another sign step aside.
  drawApart(ctx) {
    const { marks } = this.marks.data;
    const isControl = (mark) => marks.kind[mark] === "control";
    const busy = new Set(this.marks.active.flatMap((mark) => (this.marks.isMovement[mark] || isControl(mark) ? [marks.spot[mark], marks.to[mark]] : [])));
    const sites = this.seen.filter((mark) => !this.marks.isMovement[mark]);
    for (const mark of [...sites.filter(isControl), ...sites.filter((mark) => !isControl(mark))]) {
      const [x0, y0] = [this.screen.x[marks.spot[mark]], this.screen.y[marks.spot[mark]]];
      const [dx, dy] = isControl(mark) ? [0, 0] : stepAside(this.boxes, x0, y0, busy.has(marks.spot[mark]));
      if (dx) drawLead(ctx, x0, y0, x0 + dx, y0 + dy, this.theme);
      this.stamp(ctx, mark, x0 + dx, y0 + dy);
      this.boxes.add(signBox(x0 + dx, y0 + dy));
    }
  }

  // Areas and names, where they are others than those painted before.
  paintWords(sheet) {
    const areas = areasOf(this.marks.data, this.seen);
    const figures = this.names.figures(this.seen.filter((mark) => this.marks.isMovement[mark]), this.view);
    const told = JSON.stringify([figures, areas]);
    if (told === this.told) return;
    this.told = told;
    const below = sheet.blank("areas");
    drawAreas(below, this.marks.data, this.screen, areas, this.theme);
    this.names.paint(sheet.blank("names"), below, this, figures, areas);
  }

  // The marks at a point of the canvas, nearest first.
  hitsAt(x, y) {
    const { spot } = this.marks.data.marks;
    const found = [];
    for (const mark of this.seen) {
      const stand = this.isSparse ? [this.standX[mark], this.standY[mark]] : [this.screen.x[spot[mark]], this.screen.y[spot[mark]]];
      const gap = this.screen.gap(mark, x, y, stand, this.arrows.get(mark) || []);
      if (gap < 4) found.push({ mark, gap });
    }
    return found.sort((a, b) => a.gap - b.gap || this.marks.rank[b.mark] - this.marks.rank[a.mark]).map(({ mark }) => mark);
  }
}
