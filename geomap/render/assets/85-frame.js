// Embedding: tells the page around it how high the content is. The content's height depends on the frame's width
// only, so that a frame which follows it does not make it grow.

function reportHeight() {
  let last = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (Math.abs(height - last) < 2) return;
    last = height;
    window.parent.postMessage({ type: "geomap:height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  tell();
}
