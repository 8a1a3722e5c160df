// The time line: a slider over days with the number of events behind it.

class TimeLine {
  constructor(data, onDay) {
    this.data = data;
    this.onDay = onDay;
    this.input = document.getElementById("day");
    this.canvas = document.getElementById("days");
    this.label = document.getElementById("day-label");
    this.playButton = document.getElementById("play");
    this.days = data.claims.day.filter((day, claim) => data.claims.drawn[claim] && day <= data.asOf);
    this.first = this.days.reduce((a, b) => Math.min(a, b), data.asOf);
    this.last = data.asOf;
    this.timer = null;
  }

  start() {
    const { words } = this.data;
    Object.assign(this.input, { min: this.first, max: this.last, step: 1, value: this.last });
    document.getElementById("first-day").textContent = dateWords(this.first, words);
    document.getElementById("last-day").textContent = dateWords(this.last, words);
    this.input.addEventListener("input", () => { this.stop(); this.set(Number(this.input.value)); });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); this.toggle(); }
    });
    this.playButton.addEventListener("click", () => this.toggle());
    document.getElementById("time").hidden = false;
    this.set(this.last);
  }

  set(day) {
    const { words } = this.data;
    this.day = Math.max(this.first, Math.min(this.last, day));
    this.input.value = this.day;
    this.label.textContent = fill(words.page.as_of, { date: dateWords(this.day, words) });
    this.input.setAttribute("aria-valuetext", dateWords(this.day, words));
    this.draw();
    this.onDay(this.day);
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

  draw() {
    const theme = readTheme();
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (!wide) return;
    this.canvas.width = wide * ratio;
    this.canvas.height = high * ratio;
    const ctx = this.canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    // The thumb's middle travels from 8 px to 8 px before the end.
    const [edge, span] = [8, this.last - this.first + 1];
    const bins = Math.max(1, Math.min(span, Math.floor((wide - 2 * edge) / 3)));
    const counts = new Array(bins).fill(0);
    for (const day of this.days) counts[Math.floor(((day - this.first) * bins) / span)]++;
    const most = Math.max(...counts, 1);
    const step = (wide - 2 * edge) / bins;
    counts.forEach((count, i) => {
      if (!count) return;
      const tall = 3 + (high - 3) * (count / most);
      ctx.fillStyle = this.first + (i * span) / bins <= this.day ? theme["bar-now"] : theme.bar;
      ctx.fillRect(edge + i * step, high - tall, Math.max(1.5, Math.min(step - 1, 12)), tall);
    });
  }
}
