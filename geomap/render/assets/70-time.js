// The time line: a slider over days with the number of events behind it; a day as of which the map stands, or a period.

class TimeLine {
  constructor(data, onDay) {
    this.data = data;
    this.onDay = onDay;
    this.input = document.getElementById("day");
    this.fromInput = document.getElementById("from");
    this.periodBox = document.getElementById("period");
    this.canvas = document.getElementById("days");
    this.label = document.getElementById("day-label");
    this.playButton = document.getElementById("play");
    const { day, drawn } = data.claims;
    this.claims = day.map((_, claim) => claim).filter((claim) => drawn[claim] && day[claim] <= data.asOf);
    this.first = this.claims.reduce((least, claim) => Math.min(least, day[claim]), data.asOf);
    this.last = data.asOf;
    this.day = this.last;
    this.from = -Infinity;
    this.isTouched = false;
    this.timer = null;
  }

  start() {
    const { words } = this.data;
    for (const input of [this.input, this.fromInput]) Object.assign(input, { min: this.first, max: this.last, step: 1 });
    document.getElementById("first-day").textContent = dateWords(this.first, words);
    document.getElementById("last-day").textContent = dateWords(this.last, words);
    this.input.addEventListener("input", () => { this.stop(); this.set(Number(this.input.value)); });
    this.fromInput.addEventListener("input", () => { this.stop(); this.set(this.day, Number(this.fromInput.value)); });
    this.periodBox.addEventListener("change", () => this.set(this.day, this.periodBox.checked ? this.first : -Infinity));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); this.toggle(); }
    });
    this.playButton.addEventListener("click", () => this.toggle());
    for (const [id, days] of [["day-before", -1], ["day-after", 1]]) {
      document.getElementById(id).addEventListener("click", () => { this.stop(); this.set(this.day + days); });
    }
  }

  // Goes to a day; `from` is the first one of a period, -Infinity where there is none.
  set(day, from = this.from) {
    this.isTouched = true;
    const within = (value) => Math.max(this.first, Math.min(this.last, value));
    this.day = within(day);
    this.from = from === -Infinity ? from : Math.min(within(from), this.day);
    this.say();
    this.draw();
    this.onDay(this.day, this.from);
  }

  say() {
    const { words } = this.data;
    const isPeriod = this.from !== -Infinity;
    const [date, start] = [dateWords(this.day, words), isPeriod ? dateWords(this.from, words) : ""];
    this.input.value = this.day;
    this.input.setAttribute("aria-valuetext", date);
    this.periodBox.checked = isPeriod;
    this.fromInput.hidden = !isPeriod;
    if (isPeriod) this.fromInput.value = this.from;
    this.fromInput.setAttribute("aria-valuetext", start);
    const said = !isPeriod ? fill(words.page.as_of, { date }) : this.from === this.day ? date : fill(words.page.from_to, { start, end: date });
    this.label.textContent = said;
  }

  toggle() {
    if (this.timer) return this.stop();
    if (this.day === this.last) this.set(this.first);
    // About thirty seconds for any stretch of time, but never slower than four days a second.
    const step = Math.max(1, Math.round((this.last - this.first) / 120));
    this.playButton.textContent = this.data.words.page.pause;
    this.timer = setInterval(() => {
      this.set(this.day + step);
      if (this.day === this.last) this.stop();
    }, 250);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.playButton.textContent = this.data.words.page.play;
  }

  // How wide the rail is, and how many events fall on each stretch of it: asked of the page only when either changes.
  measure(mask = this.mask) {
    this.mask = mask;
    const ratio = window.devicePixelRatio || 1;
    [this.wide, this.high] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (!this.wide) return;
    this.canvas.width = this.wide * ratio;
    this.canvas.height = this.high * ratio;
    this.theme = readTheme();
    const { day } = this.data.claims;
    const span = this.last - this.first + 1;
    this.counts = new Array(Math.max(1, Math.min(span, Math.floor((this.wide - 16) / 3)))).fill(0);
    for (const claim of this.claims) {
      if (!mask || mask[claim]) this.counts[Math.floor(((day[claim] - this.first) * this.counts.length) / span)]++;
    }
    this.draw();
  }

  draw() {
    if (!this.counts) return;
    const ctx = this.canvas.getContext("2d");
    const ratio = window.devicePixelRatio || 1;
    const isMirrored = document.documentElement.dir === "rtl";
    ctx.setTransform(isMirrored ? -ratio : ratio, 0, 0, ratio, isMirrored ? this.wide * ratio : 0, 0);
    ctx.clearRect(0, 0, this.wide, this.high);
    // The thumb's middle travels from 8 px to 8 px before the end.
    const [edge, span, bins] = [8, this.last - this.first + 1, this.counts.length];
    const most = Math.max(...this.counts, 1);
    const step = (this.wide - 2 * edge) / bins;
    this.counts.forEach((count, i) => {
      if (!count) return;
      const tall = 3 + (this.high - 3) * (count / most);
      const day = this.first + (i * span) / bins;
      ctx.fillStyle = day <= this.day && day + span / bins > this.from ? this.theme["bar-now"] : this.theme.bar;
      ctx.fillRect(edge + i * step, this.high - tall, Math.max(1.5, Math.min(step - 1, 12)), tall);
    });
  }
}
