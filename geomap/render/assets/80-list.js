// The list: linked both ways with the map, and filled from the data where the page left entries out.

const MORE_AT_ONCE = 200;

class List {
  constructor(data, onShow) {
    this.data = data;
    this.onShow = onShow;
    this.root = document.getElementById("events");
    this.more = document.getElementById("more");
    for (const item of this.root.querySelectorAll(".entry")) this.addButton(item, Number(item.id.slice(1)));
    const { section, day } = data.claims;
    const order = ["dated", "undated", "background", "plans", "denied"];
    const rank = (claim) => order.indexOf(data.texts[section[claim]]);
    this.left = (day || []).map((_, claim) => claim).filter((claim) => !document.getElementById(`e${claim}`))
      .sort((a, b) => rank(a) - rank(b) || day[b] - day[a] || a - b);
    this.more.addEventListener("click", () => this.add(this.left.splice(0, MORE_AT_ONCE)));
    this.showMore();
  }

  addButton(item, claim) {
    if (!this.data.claims.drawn[claim] || this.data.claims.day[claim] > this.data.asOf) return;
    item.append(button("show", this.data.words.page.show_on_map, () => this.onShow(claim)));
  }

  showMore() {
    this.more.hidden = !this.left.length;
    const count = Math.min(MORE_AT_ONCE, this.left.length).toLocaleString("en");
    this.more.textContent = fill(this.data.words.page.show_more, { count });
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
    const headings = part.querySelectorAll("h4");
    const lists = part.querySelectorAll(".entries");
    const last = headings.length ? headings[headings.length - 1].textContent : "";
    if (lists.length && last === heading) return lists[lists.length - 1];
    const list = element("ol", "entries");
    if (heading) part.append(element("h4", "", heading));
    part.append(list);
    return list;
  }

  // Brings a claim into sight, listing it first where the page left it out.
  choose(claim) {
    let item = document.getElementById(`e${claim}`);
    if (!item) {
      const at = this.left.indexOf(claim);
      this.add(this.left.splice(0, at + 1));
      item = document.getElementById(`e${claim}`);
    }
    for (const other of this.root.querySelectorAll(".is-chosen")) other.classList.remove("is-chosen");
    item.classList.add("is-chosen");
    item.scrollIntoView({ block: "nearest" });
    item.focus({ preventScroll: true });
  }
}
