// Canvases over the map that move and zoom with it, one on top of the other. `paint(sheet)` fills them once a view:
// sheet.ctx[name] draws, sheet.view.xy(lng, lat) gives pixels.

let Sheet = null;

// Leaflet is there only once it is unpacked.
function defineSheet() {
  Sheet = L.Renderer.extend({
    // `padding`: how far the canvases reach beyond the map, in parts of its size.
    initialize(names, pane, padding, paint) {
      L.Renderer.prototype.initialize.call(this, { pane, padding });
      this._names = names;
      this._paint = paint;
      this.ctx = {};
    },
    _initContainer() {
      this._container = element("div", "sheet");
      this._container.setAttribute("aria-hidden", "true");
      for (const name of this._names) {
        const canvas = element("canvas", name);
        // Painted once a move, not sixty times a second: the processor is done before a graphics card has woken up.
        this.ctx[name] = canvas.getContext("2d", { willReadFrequently: true });
        this._container.append(canvas);
      }
    },
    _destroyContainer() {
      L.DomUtil.remove(this._container);
      delete this._container;
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      this.ratio = Math.min(window.devicePixelRatio || 1, 2);
      for (const { canvas } of Object.values(this.ctx)) {
        if (canvas.width === size.x * this.ratio && canvas.height === size.y * this.ratio) continue;
        canvas.width = size.x * this.ratio;
        canvas.height = size.y * this.ratio;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
      }
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this.view = viewOf(this._map, this._bounds);
      this.redraw();
    },
    // Returns a canvas's context, wiped.
    blank(name) {
      const ctx = this.ctx[name];
      ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      ctx.clearRect(0, 0, this.view.width, this.view.height);
      ctx.imageSmoothingEnabled = false;
      return ctx;
    },
    redraw() {
      if (this._bounds) this._paint(this);
    },
  });
}

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
  // What the reader sees of it: the canvas is larger, so that there is something there when the map is moved.
  const corner = map.layerPointToContainerPoint(bounds.min);
  const shown = map.getSize();
  view.shown = [-corner.x, -corner.y, shown.x - corner.x, shown.y - corner.y];
  view.holds = (x, y, margin) => x > -margin && y > -margin && x < view.width + margin && y < view.height + margin;
  return view;
}

// The style sheet is the one place for colours: the canvas asks it.
function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ["sea", "land", "river", "water", "border", "admin1", "town", "town-soft", "country", "halo", "paper", "page",
    "ink", "move", "reach", "bar", "bar-now", "sans"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const isWithin = ([x0, y0, x1, y1], [left, top, right, bottom]) => x0 >= left && y0 >= top && x1 <= right && y1 <= bottom;
const isApart = ([x0, y0, x1, y1], [left, top, right, bottom]) => x1 <= left || y1 <= top || x0 >= right || y0 >= bottom;

// Whether the edge of what the reader sees would cut a box.
const isCut = (view, box) => !isWithin(box, view.shown) && !isApart(box, view.shown);
