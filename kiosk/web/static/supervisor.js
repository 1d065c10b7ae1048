(function () {
  var d = document, net = d.getElementById("net");
  if (!window.EventSource) { setTimeout(function () { location.reload(); }, 15000); return; }
  var e, quiet, away = false;
  function heard() { clearTimeout(quiet); quiet = setTimeout(silent, 45000); }
  function silent() { net.hidden = false; e.close(); open(); }
  function told(m) {
    var j = JSON.parse(m.data);
    heard();
    away = j.lost;
    net.hidden = !j.lost;
    if (j.state) { d.getElementById("state").innerHTML = j.state; }
  }
  function open() {
    heard();
    e = new EventSource(d.body.getAttribute("data-stream"));
    e.onmessage = told;
    e.addEventListener("beat", function () { heard(); net.hidden = !away; });
    e.addEventListener("gone", function () { e.close(); location.reload(); });
    e.onerror = function () {
      net.hidden = false;
      if (e.readyState === 2) { clearTimeout(quiet); setTimeout(function () { location.reload(); }, 5000); }
    };
  }
  open();
  window.addEventListener("pagehide", function () { e.close(); });
  window.addEventListener("pageshow", function (s) { if (s.persisted) { location.reload(); } });
})();
