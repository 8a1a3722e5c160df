// The form above the list: chips for few values, menus for many, a field for words.

class FilterForm {
  constructor(data, filter, onChange) {
    Object.assign(this, { data, filter, onChange });
    this.form = document.getElementById("filter");
    this.search = document.getElementById("search");
    this.found = document.getElementById("found");
    this.chips = [...this.addChips("family", filter.families, (name) => familyName(data, name)),
      ...this.addChips("certainty", filter.certainties, (name) => data.words.certainty[name])];
    this.menus = [this.addMenu("actor", filter.actors), this.addMenu("source", filter.sources)];
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.search.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => { filter.query = this.search.value; onChange(); }, 180);
    });
    document.getElementById("clear").addEventListener("click", () => { filter.clear(); this.read(); onChange(); this.search.focus(); });
    this.form.hidden = false;
  }

  addChips(kind, values, name) {
    const group = document.getElementById(`filter-${kind}`);
    group.hidden = values.length < 2;
    return values.map((value) => {
      const chip = button("chip", name(value), () => {
        const chosen = this.filter[kind];
        if (!chosen.delete(value)) chosen.add(value);
        this.read();
        this.onChange();
      });
      Object.assign(chip.dataset, { kind, value });
      group.append(chip);
      return chip;
    });
  }

  addMenu(kind, values) {
    const menu = document.getElementById(`filter-${kind}`);
    for (const value of values.slice(0, 300)) {
      const option = element("option", "", value);
      option.value = value;
      menu.append(option);
    }
    menu.closest("label").hidden = values.length < 2;
    menu.addEventListener("change", () => { this.filter[kind] = menu.value; this.onChange(); });
    return { kind, menu };
  }

  // Shows what the filter says.
  read() {
    for (const chip of this.chips) chip.setAttribute("aria-pressed", String(this.filter[chip.dataset.kind].has(chip.dataset.value)));
    for (const { kind, menu } of this.menus) menu.value = this.filter[kind];
    if (this.search.value !== this.filter.query) this.search.value = this.filter.query;
  }

  say(shown) {
    const { words } = this.data;
    const isAll = shown === this.filter.count;
    document.getElementById("clear").hidden = document.getElementById("filter-note").hidden = isAll;
    this.found.textContent = isAll ? "" : fill(words.page.found, { count: numberWords(shown, words), all: numberWords(this.filter.count, words) });
  }
}

function familyName(data, name) {
  if (Object.hasOwn(data.words.family, name)) return data.words.family[name];
  return Object.hasOwn(data.signs, name) ? data.signs[name].name : name.replaceAll("_", " ");
}
