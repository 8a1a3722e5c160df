// Which claims does the reader want to see? By family, party, source, certainty and words.

// Letters without accents, points and case, so that "Sarāqib" is found by "saraqib".
const folded = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase();

const CERTAINTIES = ["confirmed", "reported", "claimed", "contested"];

class Filter {
  constructor(data) {
    this.data = data;
    const { claims, texts } = data;
    this.count = (claims.day || []).length;
    this.families = counted((claims.family || []).map((text) => texts[text]));
    this.certainties = CERTAINTIES.filter((name) => (data.reports.certainty || []).some((text) => texts[text] === name));
    this.actors = counted((claims.parties || []).flatMap((set) => data.parties[set].map((text) => texts[text])));
    this.sources = counted((data.reports.source || []).filter((source) => source >= 0).map((source) => data.sources.publisher[source]));
    this.clear();
  }

  clear() {
    Object.assign(this, { family: new Set(), certainty: new Set(), actor: "", source: "", query: "" });
  }

  // Takes what an address or a form says; what this map does not have is left out.
  set({ family = [], certainty = [], actor = "", source = "", query = "" }) {
    this.family = new Set(family.filter((name) => this.families.includes(name)));
    this.certainty = new Set(certainty.filter((name) => this.certainties.includes(name)));
    this.actor = this.actors.includes(actor) ? actor : "";
    this.source = this.sources.includes(source) ? source : "";
    this.query = query;
  }

  // One number a claim, 1 where it is wanted; null where nothing is filtered.
  mask() {
    const tests = [...this.tests()];
    if (!tests.length) return null;
    const mask = new Uint8Array(this.count);
    for (let claim = 0; claim < this.count; claim++) mask[claim] = tests.every((test) => test(claim)) ? 1 : 0;
    return mask;
  }

  *tests() {
    const { data } = this;
    const { claims, reports, texts } = data;
    const someReport = (claim, test) => {
      const first = data.firstReport[claim];
      for (let report = first; report < first + claims.reports[claim]; report++) if (test(report)) return true;
      return false;
    };
    if (this.family.size) yield (claim) => this.family.has(texts[claims.family[claim]]);
    if (this.certainty.size) yield (claim) => someReport(claim, (report) => this.certainty.has(texts[reports.certainty[report]]));
    if (this.actor) yield (claim) => data.parties[claims.parties[claim]].some((text) => texts[text] === this.actor);
    if (this.source) yield (claim) => someReport(claim, (report) => reports.source[report] >= 0 && data.sources.publisher[reports.source[report]] === this.source);
    for (const word of folded(this.query).split(/\s+/).filter(Boolean)) yield this.wordTest(word, someReport);
  }

  wordTest(word, someReport) {
    const { claims, reports, sources } = this.data;
    this.folded = this.folded || this.data.texts.map(folded);
    const has = this.folded.map((text) => text.includes(word));
    const isOfSource = (sources.title || []).map((title, i) => folded(`${title} ${sources.publisher[i]}`).includes(word));
    return (claim) => has[claims.what[claim]] || has[claims.where[claim]]
      || someReport(claim, (report) => has[reports.quote[report]] || has[reports.speaker[report]] || isOfSource[reports.source[report]] === true);
  }
}

// Each value once, the most frequent first.
function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
}
