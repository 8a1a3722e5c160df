// Unpacks what travels in the page (Leaflet, folium's map, the page's own script, the data) and starts it.
(function () {
  "use strict";

  async function readBlock(id) {
    const { type, textContent } = document.getElementById(id);
    if (!type.startsWith("application/gzip")) return textContent;
    const plain = new Blob([fromBase64(textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).text();
  }

  function fromBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    const signs = atob(text);
    const bytes = new Uint8Array(signs.length);
    for (let i = 0; i < signs.length; i++) bytes[i] = signs.charCodeAt(i);
    return bytes;
  }

  // The page's policy names the hash of each script that may run, so that nothing else can be run this way.
  function runScript(text) {
    const script = document.createElement("script");
    script.textContent = text;
    document.body.append(script);
  }

  async function start() {
    const [data, ...scripts] = await Promise.all(["geomap-data", "leaflet", "folium", "page"].map(readBlock));
    // All that has a size is there before Leaflet asks for sizes, so that the page is laid out once.
    for (const id of ["live", "time"]) if (document.getElementById(id)) document.getElementById(id).hidden = false;
    document.getElementById("stage").classList.add("is-live");
    scripts.forEach(runScript);
    window.startGeomap(JSON.parse(data));
  }

  // Where a browser is too old for the map, the drawing of the last day stays.
  start().catch((error) => {
    document.documentElement.classList.add("is-plain");
    throw error;
  });
})();
