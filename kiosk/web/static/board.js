(function () {
  var d = document, b = d.body, hero = d.getElementById("now"), rows = d.getElementById("rows"), net = d.getElementById("net");
  var counter = b.getAttribute("data-counter"), queue = [], known = {}, list = [], shown = "", busy = false, first = true;
  var body = d.getElementById("waits"), idlers = [], told = "", painted = "", rang = 0, latest = 0, e = null, quiet = 0, away = "", fresh;
  var line = d.getElementById("text"), texts = line.getAttribute("data-texts").split("\n"), at = 0;
  var offset = +b.getAttribute("data-offset"), base = +b.getAttribute("data-now"), since = Date.now(), exact = false;

  function cell(kind, name, text) {
    var e = d.createElement(kind);
    e.className = name;
    e.appendChild(d.createTextNode(text));
    return e;
  }
  function fill(e, call) {
    var to, words;
    e.innerHTML = "";
    e.appendChild(cell("b", "", call.label));
    words = counter.split("#");
    to = e.appendChild(cell("span", "to", words[0]));
    to.appendChild(cell("i", "", call.counter));
    to.appendChild(d.createTextNode(words[1] || ""));
    e.appendChild(cell("span", "at", call.agency));
  }
  function paint() {
    var i, n = 0, e;
    rows.innerHTML = "";
    for (i = 0; i < list.length && n < 5; i++) {
      if (list[i].id !== shown && !waits(list[i].id)) {
        e = d.createElement("li");
        fill(e, list[i]);
        rows.appendChild(e);
        n++;
      }
    }
  }
  function waits(id) {
    for (var i = 0; i < queue.length; i++) { if (queue[i].id === id) { return true; } }
    return false;
  }
  function show(call, ring) {
    shown = call.id;
    fill(hero, call);
    hero.className = (call.label.length > 7 ? "long " : "") + (ring ? "ring" : "");
    paint();
  }
  function next() {
    busy = queue.length > 0;
    if (busy) {
      rang = base + (Date.now() - since);
      show(queue.shift(), true);
      face(rang);
      setTimeout(next, 6000);
    } else {
      hero.className = hero.className.replace("ring", "");
    }
  }
  function take(calls) {
    var i, fresh = {}, was = latest;
    for (i = calls.length - 1; i >= 0; i--) {
      fresh[calls[i].id] = 1;
      latest = Math.max(latest, calls[i].at);
      if (!first && !known[calls[i].id] && calls[i].at >= was) { queue.push(calls[i]); }
    }
    known = fresh;
    list = calls;
    queue = queue.filter(function (call) { return queue.length >= calls.length || fresh[call.id]; });
    if (shown && !fresh[shown] && !queue.length && calls.length) { show(calls[0], false); }
    if (!calls.length) { if (!first && shown) { location.reload(); } }
    else if (first) { show(calls[0], false); }
    first = false;
    if (!busy) { next(); }
    paint();
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function tick() {
    var now = base + (Date.now() - since), t = new Date(now + offset * 60000);
    face(now);
    d.getElementById("clock").textContent = two(t.getUTCHours()) + "." + two(t.getUTCMinutes());
    b.className = t.getUTCHours() >= 22 || t.getUTCHours() < 4 ? "night" : "";
    b.style.paddingTop = (t.getUTCMinutes() % 5) * 2 + "px";
  }
  function turn() {
    at = texts.length ? (at + 1) % texts.length : 0;
    line.textContent = texts[at] || "";
  }
  function say(lines, notice) {
    line.className = notice ? "notice" : "";
    if (lines.join("\n") === texts.join("\n")) { return; }
    texts = lines;
    at = -1;
    turn();
  }
  function waiting(lines) {
    var text = JSON.stringify(lines);
    if (text !== told) { told = text; idlers = lines; }
  }
  function face(now) {
    var quiet = !list.length || (!busy && now - Math.max(list[0].at, rang) > 90000), turns = Math.floor(now / 12000);
    var idle = idlers.length && (!list.length || (quiet && turns % 2)), i, row, pages = Math.ceil(idlers.length / 5), most = Math.ceil(idlers.length / pages), first = most * (Math.floor(turns / 2) % pages);
    d.getElementById("calls").hidden = !!idle;
    d.getElementById("idle").hidden = !idle;
    if (!idle || painted === told + first) { return; }
    painted = told + first;
    body.innerHTML = "";
    for (i = first; i < first + most && i < idlers.length; i++) {
      row = d.createElement("tr");
      row.appendChild(cell("th", "", idlers[i].name));
      row.appendChild(cell("td", "", idlers[i].waiting));
      row.appendChild(cell("td", /^\d/.test(idlers[i].minutes) ? "" : "said", idlers[i].minutes));
      body.appendChild(row);
    }
  }
  function lost(at) {
    net.hidden = !at;
    if (at) { net.textContent = net.getAttribute("data-lost").replace("{time}", at); }
  }
  function wait() { clearTimeout(quiet); quiet = setTimeout(silent, 45000); }
  function heard() { fresh = new Date().toTimeString().slice(0, 5).replace(":", "."); wait(); }
  function silent() {
    lost(away || fresh);
    e.close();
    open();
  }
  function open() {
    wait();
    e = new EventSource(b.getAttribute("data-stream"));
    e.onmessage = function (m) {
      var j = JSON.parse(m.data);
      heard();
      away = j.lost;
      if (j.v !== b.getAttribute("data-v")) { location.reload(); return; }
      lost(away);
      if (j.now !== base || !exact) { base = j.now; since = Date.now(); exact = true; offset = j.offset; }
      d.getElementById("waiting").textContent = j.waiting;
      say(j.texts, j.notice);
      waiting(j.waits);
      take(j.calls);
      tick();
    };
    e.addEventListener("beat", function () { heard(); lost(away); });
    e.onerror = function () {
      lost(away || fresh);
      if (e.readyState === 2) { clearTimeout(quiet); setTimeout(open, 5000); }
    };
  }
  window.addEventListener("pagehide", function () { if (e) { e.close(); } });
  window.addEventListener("pageshow", function (s) { if (s.persisted) { location.reload(); } });
  tick();
  setInterval(tick, 4000);
  setInterval(turn, 15000);
  if (window.EventSource) { heard(); open(); } else { setTimeout(function () { location.reload(); }, 5000); }
})();
