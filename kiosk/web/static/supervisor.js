(function () {
  var d = document, net = d.getElementById("net");
  if (!window.EventSource) { setTimeout(function () { location.reload(); }, 15000); return; }
  var e, quiet, away = "", fresh;
  function lost(at) {
    net.hidden = !at;
    net.textContent = at ? net.getAttribute("data-lost").replace("{time}", at) : "";
  }
  function wait() { clearTimeout(quiet); quiet = setTimeout(silent, 45000); }
  function heard() { fresh = new Date().toTimeString().slice(0, 5).replace(":", "."); wait(); }
  function silent() { lost(away || fresh); e.close(); open(); }
  function told(m) {
    var j = JSON.parse(m.data);
    heard();
    lost(away = j.lost);
    if (j.state) { d.getElementById("state").innerHTML = j.state; }
  }
  function open() {
    wait();
    e = new EventSource(d.body.getAttribute("data-stream"));
    e.onmessage = told;
    e.addEventListener("beat", function () { heard(); lost(away); });
    e.addEventListener("gone", function () { e.close(); location.reload(); });
    e.onerror = function () {
      lost(away || fresh);
      if (e.readyState === 2) { clearTimeout(quiet); setTimeout(function () { location.reload(); }, 5000); }
    };
  }
  heard();
  open();
  window.addEventListener("pagehide", function () { e.close(); });
  window.addEventListener("pageshow", function (s) { if (s.persisted) { location.reload(); } });
})();
