// Where marks lie on the screen, how far they reach there, and which of them a pointer hits.

// Signs shrink where this many lie in view, whatever the day, so that they keep their size while time runs.
const CROWDS = [[12000, 0.5], [3000, 0.75]];
// Among many marks, of those within this many pixels the newest is painted: it hides the others.
const THIN = 6;

class Screen {
  constructor(marks) {
    this.marks = marks;
    this.x = new Float32Array(marks.spots.length / 2);
    this.y = new Float32Array(marks.spots.length / 2);
    this.view = null;
    this.size = 1;
  }

  // Once a view.
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
  }

  holds(spot) {
    return spot >= 0 && this.view.holds(this.x[spot], this.y[spot], 40);
  }

  isSeen(mark) {
    const { spot, to } = this.marks.data.marks;
    return this.holds(spot[mark]) || this.holds(to[mark]);
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

  // Those of many marks that are not hidden by a newer one, or by a wider circle of people.
  thinned(marks) {
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

  // How far a point is from a mark's edge. `stand`: where a sign was painted, which may be beside its place.
  gap(mark, x, y, [standX, standY], points) {
    if (!this.marks.isMovement[mark]) return Math.hypot(standX - x, standY - y) - 13 * this.size;
    const { kind, spot } = this.marks.data.marks;
    if (kind[mark] === "people") return Math.hypot(this.x[spot[mark]] - x, this.y[spot[mark]] - y) - peopleRadius(this.marks.amounts[mark]);
    return Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y))) - 9;
  }
}
