// A canvas over the map that moves and zooms with it. `draw(ctx, view)` paints it; view.xy(lng, lat) gives pixels.

const Sheet = L.Renderer.extend({
  initialize(name, pane, draw) {
    L.Renderer.prototype.initialize.call(this, { pane, padding: 0.2 });
    this._name = name;
    this._draw = draw;
  },
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = this._name;
    this._container.setAttribute("aria-hidden", "true");
    // Painted once a move, not sixty times a second: the processor is done before a graphics card has woken up.
    this._ctx = this._container.getContext("2d", { willReadFrequently: true });
  },
  _destroyContainer() {
    L.DomUtil.remove(this._container);
    delete this._container;
  },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const canvas = this._container;
    if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    L.DomUtil.setPosition(canvas, min);
    this._ratio = ratio;
    this.redraw();
  },
  redraw() {
    if (!this._bounds) return;
    const view = viewOf(this._map, this._bounds);
    this._ctx.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    this._ctx.clearRect(0, 0, view.width, view.height);
    this._draw(this._ctx, view);
  },
});

function mercator(lng, lat) {
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
}

function viewOf(map, bounds) {
  const scale = 256 * 2 ** map.getZoom();
  const origin = map.getPixelOrigin();
  const [left, top] = [origin.x + bounds.min.x, origin.y + bounds.min.y];
  const size = bounds.getSize();
  const view = { scale, left, top, width: size.x, height: size.y, min: bounds.min };
  view.px = (x, y) => [x * scale - left, y * scale - top];
  view.xy = (lng, lat) => view.px(...mercator(lng, lat));
  view.holds = (x, y, margin) => x > -margin && y > -margin && x < view.width + margin && y < view.height + margin;
  return view;
}

// The style sheet is the one place for colours: the canvas asks it.
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ["sea", "land", "river", "border", "admin1", "town", "town-soft", "country", "halo", "paper", "page",
    "ink", "move", "reach", "bar", "bar-now", "sans"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}
