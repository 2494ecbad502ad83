// The server's /api/ calls, and its stream of events.

async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(`/api/${path}`, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const problem = new Error(answer.error || `De simulator antwoordt met ${response.status}.`);
    problem.status = response.status;
    throw problem;
  }
  return answer;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
/** Where the bytes of a file are. */
export const fileAddress = (fileId) => `/api/files/${encodeURIComponent(fileId)}`;
export const patch = (path, body) => call("PATCH", path, body);

const RETRY_AT_FIRST = 500;
const RETRY_AT_MOST = 5000;

/**
 * Listens to /api/events for as long as the page lives. `onEvent` gets each event's JSON; `onOpen` is called at every
 * (re)connection, for events may have been missed before it; `onLost` when the connection breaks.
 */
export function listen({ onEvent, onOpen, onLost }) {
  let delay = RETRY_AT_FIRST;
  const connect = () => {
    const source = new EventSource("/api/events");
    source.onopen = () => {
      delay = RETRY_AT_FIRST;
      onOpen();
    };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      // The browser's own retry gives up for good on an error page, such as a proxy's 502.
      source.close();
      onLost();
      setTimeout(connect, delay);
      delay = Math.min(delay * 2, RETRY_AT_MOST);
    };
  };
  connect();
}

/** A file's bytes in base64, without the `data:` prefix. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
