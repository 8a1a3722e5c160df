// Embedding: tells the page around it how high the content is, in the ways that pages listen for. The content's height
// depends on the frame's width only, so that a frame which follows it does not make it grow.

const isFramed = window.parent !== window;

// A name that Datawrapper's and pym's hosts give in the frame's address; only what a name is made of is sent back.
function frameName(key) {
  const name = new URLSearchParams(location.search).get(key) || "";
  return /^[\w-]{1,80}$/.test(name) ? name : "";
}

function heightMessages(height) {
  const pym = frameName("childId");
  return [
    { type: "geomap:height", height },
    { "datawrapper-height": { [frameName("dw") || "geomap"]: height } },
    { sentinel: "amp", type: "embed-size", height },
    JSON.stringify({ context: "iframe.resize", src: location.href, height }),
    ...(pym ? [`pymxPYMx${pym}xPYMxheightxPYMx${height}`] : []),
  ];
}

function reportHeight() {
  let told = [];
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    const last = told[told.length - 1];
    if (last !== undefined && Math.abs(height - last) < 2) return;
    // A scroll bar that comes and goes with the frame's height would swing for ever: the higher one stays.
    const isSwinging = told.length > 3 && told.slice(-4).every((before, i) => Math.abs(before - (i % 2 ? last : height)) < 2);
    if (isSwinging && height < last) return;
    told = [...told, height].slice(-6);
    for (const message of heightMessages(height)) window.parent.postMessage(message, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  // A host that starts to listen late asks again.
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data && event.data.type === "geomap:ask") { told = []; tell(); }
  });
  tell();
}
