// The marks of a day: what stands then, and what is told of it. Which state follows from which report was settled
// when the page was made; here days and filters choose.

class Marks {
  constructor(data) {
    const { marks } = data;
    this.data = data;
    this.count = (marks.start || []).length;
    this.spots = mercators(data.spots);
    this.isMovement = Uint8Array.from(marks.kind || [], (kind) => kind === "move" || kind === "people");
    // What happened once, as against what holds: a period shows it only where it was told within.
    this.isOnce = Uint8Array.from(marks.kind || [], (kind) => kind === "move" || kind === "people" || kind === "sign");
    // Newer marks lie on older ones, so that a step forward only adds to the picture.
    this.order = Uint32Array.from({ length: this.count }, (_, i) => i).sort((a, b) => marks.start[a] - marks.start[b] || a - b);
    this.rank = new Uint32Array(this.count);
    this.order.forEach((mark, i) => { this.rank[mark] = i; });
    this.isActive = new Uint8Array(this.count);
    this.amounts = new Float64Array(this.count);
    this.active = [];
    this.mask = null;
    this.day = data.asOf;
    this.from = -Infinity;
  }

  // Moves to a day; returns the marks that came, that went, and that stand for another figure now.
  show(day, from, mask) {
    Object.assign(this, { day, from, mask });
    const change = { added: [], removed: [], regrown: [] };
    this.active = [];
    for (const mark of this.order) {
      const stands = this.stands(mark);
      const amount = stands && this.isMovement[mark] ? this.amount(mark) : 0;
      if (stands) this.active.push(mark);
      if (stands && !this.isActive[mark]) change.added.push(mark);
      else if (!stands && this.isActive[mark]) change.removed.push(mark);
      else if (amount !== this.amounts[mark]) change.regrown.push(mark);
      this.isActive[mark] = stands ? 1 : 0;
      this.amounts[mark] = amount;
    }
    return change;
  }

  stands(mark) {
    const { start, until } = this.data.marks;
    if (start[mark] > this.day || (until[mark] >= 0 && this.day >= until[mark])) return false;
    if (!this.mask && (this.from === -Infinity || !this.isOnce[mark])) return true;
    return this.claimsOf(mark).some((claim) => this.counts(claim, this.isOnce[mark]));
  }

  claimsOf(mark) {
    return this.data.chains[this.data.marks.chain[mark]];
  }

  // Whether a claim is told by now, and neither filtered out nor before the period.
  counts(claim, isOnce) {
    const day = this.data.claims.day[claim];
    return day <= this.day && (!isOnce || day >= this.from) && (!this.mask || this.mask[claim] === 1);
  }

  // The claims behind a mark that are told by now, newest first; of people only those that count.
  told(mark) {
    const { day } = this.data.claims;
    const isMovement = this.isMovement[mark];
    const claims = this.claimsOf(mark).filter((claim) => (isMovement ? this.counts(claim, true) : day[claim] <= this.day));
    return claims.sort((a, b) => day[b] - day[a] || b - a);
  }

  amount(mark) {
    let most = 0;
    for (const claim of this.claimsOf(mark)) {
      if (this.counts(claim, true)) most = Math.max(most, this.data.claims.amount[claim]);
    }
    return most;
  }

  look(mark) {
    const { marks, actors, signs } = this.data;
    if (marks.kind[mark] === "sign") {
      const { symbol, colour } = signs[marks.family[mark]];
      return { kind: "sign", symbol, colour, pattern: marks.pattern[mark], count: marks.count[mark] };
    }
    const colour = (actor) => (actor < 0 ? "#767676" : actors.colour[actor]);
    return { kind: marks.kind[mark], colour: colour(marks.actor[mark]), pattern: marks.pattern[mark],
      shape: marks.shape[mark], besieger: marks.siege[mark] ? colour(marks.besieger[mark]) : "", count: marks.count[mark] };
  }

  // One figure a speaker, the latest first; `letters`: how long a line may be.
  figureLines(mark, letters) {
    const { claims, texts, words } = this.data;
    const said = this.told(mark).map((claim) => {
      // Beside a mark the name alone: what stands in brackets after it is for the card.
      const speaker = texts[claims.speaker[claim]].split(" (")[0];
      const line = texts[claims.figure[claim]] + (speaker ? ` · ${speaker}` : "");
      return line.length > letters ? `${line.slice(0, letters - 1)}…` : line;
    });
    const lines = [...new Set(said)];
    if (lines.length <= 4) return lines;
    return [...lines.slice(0, 3), fill(words.page.more_figures, { count: lines.length - 3 })];
  }
}

// Points of a table with lng and lat, on the unit square, one after the other.
function mercators(table) {
  const found = new Float64Array(2 * (table.lng || []).length);
  (table.lng || []).forEach((lng, i) => { [found[2 * i], found[2 * i + 1]] = mercator(lng, table.lat[i]); });
  return found;
}
