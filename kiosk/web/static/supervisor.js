(function () {
  var d = document, net = d.getElementById("net");
  if (!window.EventSource) { setTimeout(function () { location.reload(); }, 15000); return; }
  var e = new EventSource(d.body.getAttribute("data-stream"));
  e.onmessage = function (m) {
    var j = JSON.parse(m.data);
    net.hidden = !j.lost;
    if (j.state) { d.getElementById("state").innerHTML = j.state; }
  };
  window.addEventListener("pagehide", function () { e.close(); });
  window.addEventListener("pageshow", function (s) { if (s.persisted) { location.reload(); } });
  e.addEventListener("gone", function () { e.close(); location.reload(); });
  e.onerror = function () {
    net.hidden = false;
    if (e.readyState === 2) { setTimeout(function () { location.reload(); }, 5000); }
  };
})();
