// The marks of a day: what stands then, where it is on the screen, and what a click hits.

// Where more figures than this are in view, only the highest few are written out.
const MOST_FIGURES = 40;
const FIGURES_IN_CROWD = 12;
// With more signs than this in view, none steps aside: the reader has to zoom in anyway.
const MOST_APART = 800;
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

class Marks {
  constructor(data) {
    this.data = data;
    this.day = data.asOf;
    this.hits = [];
    this.active = [];
    this.spots = (data.spots.lng || []).map((lng, i) => mercator(lng, data.spots.lat[i]));
    this.labels = (data.labels.lng || []).map((lng, i) => mercator(lng, data.labels.lat[i]));
    this.countries = (data.base.countries.lng || []).map((lng, i) => mercator(lng, data.base.countries.lat[i]));
    this.show(this.day);
  }

  show(day) {
    const { start, until } = this.data.marks;
    this.day = day;
    this.active = [];
    for (let i = 0; i < (start || []).length; i++) {
      if (start[i] <= day && (until[i] < 0 || day < until[i])) this.active.push(i);
    }
  }

  // The claims behind a mark that are told by now, newest first.
  told(mark) {
    const { day } = this.data.claims;
    const claims = this.data.chains[this.data.marks.chain[mark]].filter((claim) => day[claim] <= this.day);
    return claims.sort((a, b) => day[b] - day[a] || b - a);
  }

  look(mark) {
    const { marks, actors, signs } = this.data;
    if (marks.kind[mark] === "sign") {
      return { kind: "sign", ...signs[marks.family[mark]], pattern: marks.pattern[mark], count: marks.count[mark] };
    }
    const colour = (actor) => (actor < 0 ? "#767676" : actors.colour[actor]);
    return { kind: marks.kind[mark], colour: colour(marks.actor[mark]), pattern: marks.pattern[mark],
      shape: marks.shape[mark], besieger: marks.siege[mark] ? colour(marks.besieger[mark]) : "", count: marks.count[mark] };
  }

  // `taken`: boxes of the map's controls, where no label may hide.
  draw(ctx, view, theme, ratio, taken) {
    const boxes = new Boxes(view);
    taken.forEach((box) => boxes.add(box));
    this.hits = [];
    const seen = this.active.filter((mark) => this.isSeen(mark, view));
    const kind = this.data.marks.kind;
    this.drawReaches(ctx, view, seen, theme);
    const moves = seen.filter((mark) => kind[mark] === "move" || kind[mark] === "people");
    const figures = moves.map((mark) => this.drawMovement(ctx, view, mark, theme));
    const sites = seen.filter((mark) => DRAW[kind[mark]]);
    this.drawSites(ctx, view, sites, boxes, theme, ratio);
    const isCrowded = figures.length > MOST_FIGURES;
    const told = isCrowded ? figures.sort((a, b) => b[2] - a[2]).slice(0, FIGURES_IN_CROWD) : figures;
    told.forEach(([mark, places]) => {
      drawFigures(ctx, boxes, this.figureLines(mark), places, theme);
    });
    this.drawAreaNames(ctx, view, seen, boxes, theme);
    this.drawLabels(ctx, view, boxes, theme);
    this.drawCountries(ctx, view, boxes, theme);
  }

  at(spot, view) {
    return view.px(...this.spots[spot]);
  }

  isSeen(mark, view) {
    const { spot, to } = this.data.marks;
    const isHeld = (s) => s >= 0 && view.holds(...this.at(s, view), 40);
    return isHeld(spot[mark]) || isHeld(to[mark]);
  }

  // Near or within an area: a dashed outline, never a point alone.
  drawReaches(ctx, view, seen, theme) {
    const { spots, marks } = this.data;
    const done = new Set();
    ctx.strokeStyle = ctx.fillStyle = theme.reach;
    ctx.lineWidth = 1.2;
    for (const spot of seen.flatMap((mark) => [marks.spot[mark], marks.to[mark]])) {
      if (spot < 0 || done.has(spot) || spots.precision[spot] === 1 || !spots.radius[spot] || spots.country[spot]) continue;
      done.add(spot);
      const [x, y] = this.at(spot, view);
      const top = view.xy(spots.lng[spot], spots.lat[spot] + spots.radius[spot] / 111.2)[1];
      ctx.beginPath();
      ctx.arc(x, y, Math.abs(y - top), 0, 2 * Math.PI);
      ctx.globalAlpha = 0.07;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.setLineDash([4, 4]);
      ctx.stroke();
      ctx.setLineDash([]);
    }
  }

  // Returns the mark, where its figures may stand (best first), and the highest of them.
  drawMovement(ctx, view, mark, theme) {
    const { marks, claims } = this.data;
    const amount = Math.max(...this.told(mark).map((claim) => claims.amount[claim]));
    const look = { amount, pattern: marks.pattern[mark], stock: marks.stock[mark] };
    const [x, y] = this.at(marks.spot[mark], view);
    if (marks.kind[mark] === "people") {
      drawPeople(ctx, x, y, look, theme);
      const radius = peopleRadius(amount);
      this.hits.push({ mark, points: [[x, y]], reach: radius });
      const away = radius + 16;
      return [mark, [[x, y + away], [x, y - away], [x, y + away + 24], [x, y - away - 24], [x, y + away + 60]], amount];
    }
    const points = drawArrow(ctx, [x, y], this.at(marks.to[mark], view), look, theme);
    this.hits.push({ mark, points, reach: 9 });
    const middle = [4, 5, 3, 6, 2, 7].map((i) => points[i]).filter(([px, py]) => view.holds(px, py, -60));
    return [mark, [...middle, ...middle.map(([px, py]) => [px + 60, py + 18]), ...middle.map(([px, py]) => [px - 60, py - 18])], amount];
  }

  // One figure a speaker, the latest first.
  figureLines(mark) {
    const { claims, texts, words } = this.data;
    const said = this.told(mark).map((claim) => {
      // Beside a mark the name alone: what stands in brackets after it is for the card.
      const speaker = texts[claims.speaker[claim]].split(" (")[0];
      const line = texts[claims.figure[claim]] + (speaker ? ` · ${speaker}` : "");
      return line.length > 46 ? `${line.slice(0, 45)}…` : line;
    });
    const lines = [...new Set(said)];
    if (lines.length <= 4) return lines;
    return [...lines.slice(0, 3), fill(words.page.more_figures, { count: lines.length - 3 })];
  }

  // Every sign at its place; posts that would hide another sign step aside, on a thin line.
  drawSites(ctx, view, sites, boxes, theme, ratio) {
    const { marks } = this.data;
    const isSparse = sites.length <= MOST_APART;
    const isMovable = (mark) => marks.kind[mark] !== "control";
    const busy = new Set(this.active.flatMap((mark) => (DRAW[marks.kind[mark]] && isMovable(mark) ? [] : [marks.spot[mark], marks.to[mark]])));
    const order = isSparse ? [...sites].sort((a, b) => isMovable(a) - isMovable(b)) : sites;
    for (const mark of order) {
      const [x0, y0] = this.at(marks.spot[mark], view);
      const canMove = isSparse && isMovable(mark);
      const [dx, dy] = canMove ? stepAside(boxes, x0, y0, busy.has(marks.spot[mark])) : [0, 0];
      const [x, y] = [x0 + dx, y0 + dy];
      if (dx) drawLead(ctx, x0, y0, x, y, theme);
      stamp(ctx, x, y, this.look(mark), theme, ratio);
      if (isSparse) boxes.add(signBox(x, y));
      this.hits.push({ mark, points: [[x, y]], reach: 13 });
    }
  }

  drawAreaNames(ctx, view, seen, boxes, theme) {
    const { spots, marks } = this.data;
    const style = { font: `italic 600 12px ${theme.sans}`, colour: theme.town, soft: theme["town-soft"], halo: theme.halo, gap: 15 };
    const areas = new Set(seen.flatMap((mark) => [marks.spot[mark], marks.to[mark]]));
    for (const spot of [...areas].slice(0, 200)) {
      if (spot < 0 || spots.precision[spot] === 1) continue;
      drawName(ctx, boxes, ...this.at(spot, view), { name: spots.name[spot] }, style);
    }
  }

  drawLabels(ctx, view, boxes, theme) {
    const { name, local, weight } = this.data.labels;
    const span = view.width / view.scale;
    let left = Math.max(12, (view.width * view.height) / 14000);
    for (let i = 0; i < this.labels.length && left > 0; i++) {
      const [x, y] = view.px(...this.labels[i]);
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
    for (let i = 0; i < this.countries.length; i++) {
      const [x, y] = view.px(...this.countries[i]);
      const words = name[i].toUpperCase();
      const half = widthOf(ctx, words) / 2;
      if (!view.holds(x, y, 0) || rank[i] > 5 || !boxes.take([x - half, y - 9, x + half, y + 9])) continue;
      haloText(ctx, words, x, y, theme.country, theme.halo);
    }
    ctx.letterSpacing = "0px";
  }

  // The marks at a point of the canvas, nearest first.
  hitsAt(x, y) {
    const near = ({ points, reach }) => Math.min(...points.map(([px, py]) => Math.hypot(px - x, py - y))) - reach;
    return this.hits.map((hit) => ({ hit, gap: near(hit) })).filter(({ gap }) => gap < 4)
      .sort((a, b) => a.gap - b.gap).map(({ hit }) => hit.mark);
  }
}
