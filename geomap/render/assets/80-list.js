// The list: linked both ways with the map, and filled from the data where the page left entries out.

const MORE_AT_ONCE = 200;
const SECTIONS = ["dated", "undated", "background", "plans", "denied"];

class List {
  constructor(data, onShow) {
    this.data = data;
    this.onShow = onShow;
    this.root = document.getElementById("events");
    this.more = document.getElementById("more");
    const { section, day } = data.claims;
    const rank = (section || []).map((text) => SECTIONS.indexOf(data.texts[text]));
    this.order = (day || []).map((_, claim) => claim).sort((a, b) => rank[a] - rank[b] || day[b] - day[a] || a - b);
    for (const item of this.root.querySelectorAll(".entry")) this.finish(item, Number(item.id.slice(1)));
    this.left = this.order.filter((claim) => !document.getElementById(`e${claim}`));
    this.isWhole = true;
    this.more.addEventListener("click", () => this.add(this.left.splice(0, MORE_AT_ONCE)));
    this.showMore();
  }

  // What an entry of the page lacks without a script.
  finish(item, claim) {
    const bars = figureBars(this.data, claim);
    if (bars) item.append(bars);
    this.addButton(item, claim);
  }

  addButton(item, claim) {
    if (!this.data.claims.drawn[claim] || this.data.claims.day[claim] > this.data.asOf) return;
    item.append(button("show", this.data.words.page.show_on_map, () => this.onShow(claim)));
  }

  // Lists the wanted claims alone; `isWanted` null: all of them.
  show(isWanted) {
    if (!isWanted && this.isWhole) return;
    this.isWhole = !isWanted;
    for (const found of this.root.querySelectorAll(".part > h4, .part > .entries")) found.remove();
    this.left = isWanted ? this.order.filter(isWanted) : [...this.order];
    this.count();
    this.add(this.left.splice(0, MORE_AT_ONCE));
  }

  count() {
    const { claims, texts, words } = this.data;
    const counts = new Map();
    for (const claim of this.left) counts.set(texts[claims.section[claim]], (counts.get(texts[claims.section[claim]]) || 0) + 1);
    for (const part of this.root.querySelectorAll(".part")) {
      const count = counts.get(part.dataset.section) || 0;
      part.hidden = !count;
      part.querySelector(".count").textContent = numberWords(count, words);
    }
    document.getElementById("nothing").hidden = this.left.length > 0;
  }

  showMore() {
    const { words } = this.data;
    this.more.hidden = !this.left.length;
    this.more.textContent = fill(words.page.show_more, { count: numberWords(Math.min(MORE_AT_ONCE, this.left.length), words) });
  }

  add(claims) {
    for (const claim of claims) this.dayList(claim).append(this.item(claim));
    this.showMore();
  }

  item(claim) {
    const item = element("li", `entry ${this.data.texts[this.data.claims.family[claim]]}`, ...entryParts(this.data, claim));
    item.id = `e${claim}`;
    item.tabIndex = -1;
    this.addButton(item, claim);
    return item;
  }

  // The list of a claim's day: the last one of its section, or a new one under its own heading.
  dayList(claim) {
    const { claims, texts, words } = this.data;
    const part = this.root.querySelector(`[data-section="${texts[claims.section[claim]]}"]`);
    const heading = claims.day[claim] >= 0 ? dateWords(claims.day[claim], words) : "";
    const last = part.lastElementChild;
    if (last && last.matches(".entries") && (last.previousElementSibling.matches("h4") ? last.previousElementSibling.textContent : "") === heading) return last;
    const list = element("ol", "entries");
    if (heading) part.append(element("h4", "", heading));
    part.append(list);
    return list;
  }

  // Brings a claim into sight, listing it first where it was left out.
  choose(claim, isFocused = true) {
    let item = document.getElementById(`e${claim}`);
    if (!item) {
      const at = this.left.indexOf(claim);
      if (at < 0) return false;
      this.add(this.left.splice(0, at + 1));
      item = document.getElementById(`e${claim}`);
    }
    for (const other of this.root.querySelectorAll(".is-chosen")) other.classList.remove("is-chosen");
    item.classList.add("is-chosen");
    if (!isFocused) return true;
    item.scrollIntoView({ block: "nearest" });
    item.focus({ preventScroll: true });
    return true;
  }
}
