// What is written on the map: figures beside movements, names of areas, places and countries.

// Where more figures than this are in view, only the highest few are written out.
const MOST_FIGURES = 40;
const FIGURES_IN_CROWD = 12;

class Names {
  constructor(marks) {
    const { data } = marks;
    this.marks = marks;
    this.data = data;
    this.labels = mercators(data.labels);
    this.countries = mercators(data.base.countries);
  }

  // The movements whose figures are written out, each with its lines.
  figures(movements) {
    const told = movements.length > MOST_FIGURES ? this.highest(movements, FIGURES_IN_CROWD) : movements;
    return told.map((mark) => [mark, this.marks.figureLines(mark)]);
  }

  // The movements with the highest figures, in one go: there may be thousands, each day anew.
  highest(movements, count) {
    const { amounts } = this.marks;
    const found = [];
    for (const mark of movements) {
      if (found.length === count && amounts[mark] <= amounts[found[count - 1]]) continue;
      const at = found.findIndex((other) => amounts[other] < amounts[mark]);
      found.splice(at < 0 ? found.length : at, 0, mark);
      found.length = Math.min(found.length, count);
    }
    return found;
  }

  paint(ctx, painter, figures) {
    const { boxes, theme, view } = painter;
    for (const [mark, lines] of figures) drawFigures(ctx, boxes, lines, this.placesFor(painter, mark), theme);
    this.drawAreaNames(ctx, painter, boxes, theme);
    this.drawLabels(ctx, view, boxes, theme);
    this.drawCountries(ctx, view, boxes, theme);
  }

  // Where a movement's figures may stand, best first.
  placesFor(painter, mark) {
    const points = painter.arrows.get(mark);
    if (points) {
      const middle = [4, 5, 3, 6, 2, 7].map((i) => points[i]).filter(([x, y]) => painter.view.holds(x, y, -60));
      return [...middle, ...middle.map(([x, y]) => [x + 60, y + 18]), ...middle.map(([x, y]) => [x - 60, y - 18])];
    }
    const spot = this.data.marks.spot[mark];
    const [x, y] = [painter.x[spot], painter.y[spot]];
    const away = peopleRadius(this.marks.amounts[mark]) + 16;
    return [[x, y + away], [x, y - away], [x, y + away + 24], [x, y - away - 24], [x, y + away + 60]];
  }

  drawAreaNames(ctx, painter, boxes, theme) {
    const style = { font: `italic 600 12px ${theme.sans}`, colour: theme.town, soft: theme["town-soft"], halo: theme.halo, gap: 15 };
    for (const spot of [...painter.areas].slice(0, 200)) {
      drawName(ctx, boxes, painter.x[spot], painter.y[spot], { name: this.data.spots.name[spot] }, style);
    }
  }

  drawLabels(ctx, view, boxes, theme) {
    const { name, local, weight } = this.data.labels;
    const span = view.width / view.scale;
    let left = Math.max(12, (view.width * view.height) / 14000);
    for (let i = 0; i < this.labels.length / 2 && left > 0; i++) {
      const [x, y] = view.px(this.labels[2 * i], this.labels[2 * i + 1]);
      if (!view.holds(x, y, 0)) continue;
      const isBig = weight[i] >= 200000;
      const style = { font: `${isBig ? 600 : 400} ${isBig ? 13 : 12}px ${theme.sans}`, colour: theme.town,
        soft: theme["town-soft"], halo: theme.halo, gap: 14 };
      const label = { name: name[i], local: span < 0.02 ? local[i] : "" };
      if (!drawName(ctx, boxes, x, y, label, style)) continue;
      left--;
      ctx.beginPath();
      ctx.arc(x, y, 2, 0, 2 * Math.PI);
      ctx.globalCompositeOperation = "destination-over";
      ctx.fillStyle = theme["town-soft"];
      ctx.fill();
      ctx.globalCompositeOperation = "source-over";
    }
  }

  drawCountries(ctx, view, boxes, theme) {
    const { name, rank } = this.data.base.countries;
    ctx.font = `500 13px ${theme.sans}`;
    ctx.letterSpacing = "2px";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (let i = 0; i < this.countries.length / 2; i++) {
      const [x, y] = view.px(this.countries[2 * i], this.countries[2 * i + 1]);
      const words = name[i].toUpperCase();
      const half = widthOf(ctx, words) / 2;
      if (!view.holds(x, y, 0) || rank[i] > 5 || !boxes.take([x - half, y - 9, x + half, y + 9])) continue;
      haloText(ctx, words, x, y, theme.country, theme.halo);
    }
    ctx.letterSpacing = "0px";
  }
}
