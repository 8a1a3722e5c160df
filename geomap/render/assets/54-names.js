// What is written on the map: figures beside movements, names of areas, places and countries.

// Where more figures than this are in view, only the highest few are written out.
const MOST_FIGURES = 40;
const FIGURES_IN_CROWD = 12;
// On a small map fewer, so that there is something of it left to see: one for this many square pixels.
const ROOM_OF_FIGURE = 18000;

class Names {
  constructor(marks) {
    const { data } = marks;
    this.marks = marks;
    this.data = data;
    this.labels = mercators(data.labels);
    this.countries = mercators(data.base.countries);
    this.roads = (data.base.roads || []).map((name, i) => ({ name, line: decodeRing(data.base.shapes.roads[i][0]) }));
  }

  // The movements whose figures are written out, the highest first, each with its lines.
  figures(movements, view) {
    const [left, top, right, bottom] = view.shown;
    const letters = Math.min(46, Math.round((right - left) / 12));
    const most = Math.min(MOST_FIGURES, Math.round(((right - left) * (bottom - top)) / ROOM_OF_FIGURE));
    const told = this.highest(movements, movements.length > MOST_FIGURES ? Math.min(FIGURES_IN_CROWD, most) : most);
    return told.map((mark) => [mark, this.marks.figureLines(mark, letters)]);
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

  // `below`: the canvas under the marks, for the dots of towns.
  paint(ctx, below, painter, figures, areas) {
    const { boxes, theme, view } = painter;
    for (const [mark, lines] of figures) drawFigures(ctx, below, boxes, lines, this.spotFor(painter, mark), theme, view);
    this.drawAreaNames(ctx, painter, areas, figures);
    drawRoadNames(ctx, view, boxes, this.roads, theme);
    this.drawLabels(ctx, below, view, boxes, theme);
    this.drawCountries(ctx, view, boxes, theme);
  }

  // What a movement's figures stand beside: the middle of an arrow, or a circle.
  spotFor({ arrows, screen }, mark) {
    const points = arrows.get(mark);
    const spot = this.data.marks.spot[mark];
    const [x, y] = [screen.x[spot], screen.y[spot]];
    if (!points) return { x, y, reach: peopleRadius(this.marks.amounts[mark]) };
    return { x, y, reach: 0, along: [4, 5, 3, 6, 2, 7].map((i) => points[i]).filter((at) => screen.view.holds(...at, -60)) };
  }

  drawAreaNames(ctx, { boxes, theme, screen, view }, areas, figures) {
    const style = { font: `italic 600 12px ${theme.sans}`, colour: theme.town, soft: theme["town-soft"], halo: theme.halo };
    const reach = new Map(figures.map(([mark]) => [this.data.marks.spot[mark], peopleRadius(this.marks.amounts[mark])]));
    for (const spot of areas.slice(0, 200)) {
      const gap = Math.max(18, (reach.get(spot) || 0) + 4);
      drawName(ctx, boxes, screen.x[spot], screen.y[spot], { name: this.data.spots.name[spot] }, { ...style, gap }, view);
    }
  }

  drawLabels(ctx, below, view, boxes, theme) {
    const { name, local, weight, kind } = this.data.labels;
    const wide = { region: { font: `600 11px ${theme.sans}`, colour: theme["town-soft"], halo: theme.halo },
      water: { font: `italic 12px ${theme.sans}`, colour: theme.water, halo: theme.sea } };
    const span = view.width / view.scale;
    let left = Math.max(12, (view.width * view.height) / 10500);
    for (let i = 0; i < this.labels.length / 2 && left > 0; i++) {
      const [x, y] = view.px(this.labels[2 * i], this.labels[2 * i + 1]);
      if (!view.holds(x, y, 0)) continue;
      const label = { name: name[i], local: span < 0.02 ? local[i] : "" };
      if (kind[i] !== "place") {
        if (drawWideName(ctx, boxes, x, y, label, wide[kind[i]], view)) left--;
        continue;
      }
      const isBig = weight[i] >= 200000;
      const style = { font: `${isBig ? 600 : 400} ${isBig ? 13 : 12}px ${theme.sans}`, colour: theme.town,
        soft: theme["town-soft"], halo: theme.halo, gap: 14 };
      if (!drawName(ctx, boxes, x, y, label, style, view)) continue;
      left--;
      below.beginPath();
      below.arc(x, y, 2, 0, 2 * Math.PI);
      below.fillStyle = theme["town-soft"];
      below.fill();
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
      const box = [x - half, y - 9, x + half, y + 9];
      if (!view.holds(x, y, 0) || rank[i] > 5 || isCut(view, box) || !boxes.take(box)) continue;
      haloText(ctx, words, x, y, theme.country, theme.halo);
    }
    ctx.letterSpacing = "0px";
  }
}
