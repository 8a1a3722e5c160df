// From mark to mark with two buttons: all that stands on the day can be reached without a pointer.

class Walk {
  constructor(page) {
    Object.assign(this, { page, at: -1, said: document.getElementById("walked") });
    if (!this.said) return;
    document.getElementById("previous").addEventListener("click", (event) => this.go(-1, event.currentTarget));
    document.getElementById("next").addEventListener("click", (event) => this.go(1, event.currentTarget));
  }

  go(step, opener) {
    const { page } = this;
    // By place, as the data has them; what stands on each other for a day follows that day.
    const active = [...page.marks.active].sort((a, b) => a - b);
    if (!active.length) return;
    const at = (this.at + step + active.length + (this.at < 0 && step < 0 ? 1 : 0)) % active.length;
    page.cards.center(active[at]);
    page.cards.open([active[at]], null, opener);
    this.at = at;
    this.say();
  }

  // Another day or filter: the walk begins again.
  restart() {
    this.at = -1;
    this.say();
  }

  say() {
    if (!this.said) return;
    const { words } = this.page.data;
    const count = this.page.marks.active.length;
    const phrase = this.at < 0 ? words.page.marks : words.page.mark_of;
    this.said.textContent = count ? fill(phrase, { index: this.at + 1, count: numberWords(count, words) }) : words.page.no_marks;
  }
}
