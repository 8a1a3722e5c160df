// A canvas of many marks, one day further or back: what came is painted on top where nothing lies above it, else all
// that touches what changed is painted anew, cell by cell.

const CELL = 32;

function patch(sheet, painter, { name, isOnIt, draw }, change, last) {
  const { screen, marks } = painter;
  const ctx = sheet.ctx[name];
  const pick = (list) => list.filter((mark) => isOnIt(mark) && screen.isSeen(mark));
  const [added, rest] = [pick(change.added), [...pick(change.removed), ...pick(change.regrown)]];
  if (!added.length && !rest.length) return;
  if (!rest.length && added.every((mark) => marks.rank[mark] > last)) return added.forEach((mark) => draw(ctx, mark));
  const cells = new Cells(screen);
  for (const mark of [...added, ...rest]) cells.mark(mark);
  const standing = painter.shown(isOnIt);
  const touched = standing.filter((mark) => cells.touches(mark));
  // Cut to many small boxes, painting is slow.
  if (touched.length > standing.length / 3) {
    sheet.blank(name);
    return standing.forEach((mark) => draw(ctx, mark));
  }
  ctx.save();
  cells.clip(ctx);
  ctx.clearRect(0, 0, screen.view.width, screen.view.height);
  touched.forEach((mark) => draw(ctx, mark));
  ctx.restore();
}

// The squares of the canvas that have to be painted anew.
class Cells {
  constructor(screen) {
    this.screen = screen;
    this.wide = Math.ceil(screen.view.width / CELL) + 1;
    this.high = Math.ceil(screen.view.height / CELL) + 1;
    this.isDirty = new Uint8Array(this.wide * this.high);
  }

  // First and last column and row under a mark.
  under(mark) {
    const [x0, y0, x1, y1] = this.screen.boxOf(mark);
    return [Math.max(0, Math.floor(x0 / CELL)), Math.max(0, Math.floor(y0 / CELL)),
      Math.min(this.wide - 1, Math.floor(x1 / CELL)), Math.min(this.high - 1, Math.floor(y1 / CELL))];
  }

  mark(mark) {
    const [left, top, right, bottom] = this.under(mark);
    for (let y = top; y <= bottom; y++) this.isDirty.fill(1, y * this.wide + left, y * this.wide + right + 1);
  }

  touches(mark) {
    const [left, top, right, bottom] = this.under(mark);
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) if (this.isDirty[y * this.wide + x]) return true;
    }
    return false;
  }

  clip(ctx) {
    ctx.beginPath();
    this.isDirty.forEach((dirty, cell) => { if (dirty) ctx.rect((cell % this.wide) * CELL, Math.floor(cell / this.wide) * CELL, CELL, CELL); });
    ctx.clip();
  }
}
