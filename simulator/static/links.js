// Links that Telegram's apps open themselves.

/** The link with a scheme, as people leave it out. */
export function absolute(text) {
  return /^[a-z][a-z0-9+.-]*:/i.test(text.trim()) ? text.trim() : `https://${text.trim()}`;
}

const HOSTS = new Set(["t.me", "www.t.me", "telegram.me", "telegram.dog"]);

/** `{username, payload}` of a link to a bot (`https://t.me/name?start=…`, `tg://resolve?domain=name&start=…`), or null. */
export function botLink(text) {
  const href = absolute(text);
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (url.protocol === "tg:") {
    const username = /^tg:(\/\/)?resolve/.test(href) ? url.searchParams.get("domain") : null;
    return username ? { username, payload: url.searchParams.get("start") } : null;
  }
  const username = HOSTS.has(url.hostname) ? url.pathname.slice(1).replace(/\/$/, "") : "";
  return /^\w{4,32}$/.test(username) ? { username, payload: url.searchParams.get("start") } : null;
}
