(function () {
  var d = document, b = d.body, last = {}, alarm = +b.getAttribute("data-alarm"), net = d.getElementById("net");
  function lost(on) {
    net.hidden = !on;
    net.textContent = on ? b.getAttribute("data-lost") : "";
  }
  function again(ms) { setTimeout(function () { location.reload(); }, ms); }
  function ring() {
    if (navigator.vibrate) { navigator.vibrate([400, 150, 400, 150, 800]); }
    d.getElementById("say").setAttribute("aria-live", "assertive");
    window.scrollTo(0, 0);
  }
  function put(id, html) {
    if (last[id] === html) { return; }
    d.getElementById(id).innerHTML = last[id] = html;
  }
  if (alarm) { ring(); }
  if (!window.EventSource) { again(20000); return; }
  var e = new EventSource(b.getAttribute("data-stream"));
  e.onmessage = function (m) {
    var j = JSON.parse(m.data), first = last.say === undefined;
    lost(0);
    if (first && j.tag === b.getAttribute("data-tag")) { last = j; return; }
    put("state", j.state);
    put("acts", j.acts);
    d.title = j.title;
    if (!first && j.say !== last.say) { d.getElementById("say").textContent = j.say; }
    last.say = j.say;
    if (j.alarm > alarm) { ring(); }
    alarm = j.alarm;
  };
  window.addEventListener("pagehide", function () { e.close(); });
  window.addEventListener("pageshow", function (s) { if (s.persisted) { location.reload(); } });
  e.addEventListener("gone", function () { e.close(); again(0); });
  e.onerror = function () {
    lost(1);
    if (e.readyState === 2) { again(20000); }
  };
})();
