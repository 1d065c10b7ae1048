(function () {
  var d = document, b = d.body, last = {}, alarm = +b.getAttribute("data-alarm"), net = d.getElementById("net");
  var wake = d.getElementById("wake"), armed = false, sound = null, Audio = window.AudioContext || window.webkitAudioContext;
  function lost(at) {
    net.hidden = !at;
    net.textContent = at ? b.getAttribute("data-lost").replace("{time}", at) : "";
  }
  function cut() { lost(away || fresh); }
  function again(ms) { setTimeout(function () { location.reload(); }, ms); }
  function beep(times) {
    for (var i = 0; sound && i < times; i++) {
      var tone = sound.createOscillator(), at = sound.currentTime + i * 0.45;
      tone.frequency.value = i % 2 ? 660 : 880;
      tone.connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.3);
    }
  }
  function stay() {
    if (armed && navigator.wakeLock && !d.hidden) { navigator.wakeLock.request("screen").catch(function () {}); }
  }
  function offer() { wake.hidden = !d.querySelector(".waiting,.held") || !(Audio || navigator.vibrate); }
  wake.onclick = function () {
    armed = wake.disabled = true;
    wake.textContent = wake.getAttribute("data-on");
    if (Audio) { sound = new Audio(); }
    if (navigator.vibrate) { navigator.vibrate(150); }
    beep(1);
    stay();
  };
  d.addEventListener("visibilitychange", stay);
  function ring() {
    beep(8);
    if (navigator.vibrate) { navigator.vibrate([400, 150, 400, 150, 800]); }
    d.getElementById("say").setAttribute("aria-live", "assertive");
    window.scrollTo(0, 0);
  }
  function put(id, html) {
    if (last[id] === html) { return; }
    d.getElementById(id).innerHTML = last[id] = html;
  }
  offer();
  function call(n) {
    var key = location.pathname.toUpperCase(), rung = 0;
    try { rung = +sessionStorage.getItem(key); sessionStorage.setItem(key, n); } catch (x) {}
    if (n > rung) { ring(); }
  }
  call(alarm);
  if (!window.EventSource) { again(20000); return; }
  var e, quiet, ok, away = "", fresh;
  function wait() { clearTimeout(quiet); quiet = setTimeout(silent, 45000); }
  function heard() { fresh = new Date().toTimeString().slice(0, 5).replace(":", "."); wait(); }
  function silent() { cut(); e.close(); open(); }
  function told(m) {
    var j = JSON.parse(m.data), first = last.say === undefined;
    heard();
    ok = 1;
    lost(away = j.lost || "");
    if (first && j.tag === b.getAttribute("data-tag")) { last = j; return; }
    put("state", j.state);
    put("acts", j.acts);
    offer();
    d.title = j.title;
    if (!first && j.say !== last.say) { d.getElementById("say").textContent = j.say; }
    last.say = j.say;
    if (j.alarm > alarm || !j.alarm) { call(j.alarm); }
    alarm = j.alarm;
  }
  function open() {
    wait();
    e = new EventSource(b.getAttribute("data-stream"));
    e.onmessage = told;
    e.addEventListener("beat", function () { heard(); lost(away); });
    e.addEventListener("gone", function () { e.close(); again(0); });
    e.onerror = function () {
      if (e.readyState !== 2) { cut(); return; }
      clearTimeout(quiet);
      if (ok) { cut(); }
      again(20000);
    };
  }
  heard();
  open();
  window.addEventListener("pagehide", function () { e.close(); });
  window.addEventListener("pageshow", function (s) { if (s.persisted) { location.reload(); } });
})();
