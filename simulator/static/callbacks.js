// Taps that wait for the bot's answer.

import { get, post } from "./api.js";

/** Telegram forgets a tap after this long; the button then stops turning. */
const FORGOTTEN_AFTER = 150_000;
const LOOK_EVERY = 5000;

/**
 * Follows the taps of one phone. `check()` looks whether answers have come: call it when the server says so. No long requests
 * are held open, for a browser grants a page only six connections.
 */
export class Callbacks {
  constructor(phoneId, { onChange, onAnswer }) {
    this.phoneId = phoneId;
    this.onChange = onChange;
    this.onAnswer = onAnswer;
    this.waiting = new Map();
  }

  isBusy(messageId, data) {
    return this.waiting.has(`${messageId} ${data}`);
  }

  async tap(messageId, data) {
    const key = `${messageId} ${data}`;
    if (this.waiting.has(key)) return;
    const tap = { id: null, since: Date.now() };
    this.waiting.set(key, tap);
    this.onChange();
    try {
      tap.id = (await post(`phones/${this.phoneId}/tap`, { message_id: messageId, data })).callback_id;
    } catch (error) {
      this.forget(key);
      throw error;
    }
    await this.look(key, tap);
    this.lookLater();
  }

  async check() {
    await Promise.all([...this.waiting].map(([key, tap]) => this.look(key, tap)));
  }

  async look(key, tap) {
    if (tap.id === null) return;
    let answer;
    try {
      answer = await get(`callbacks/${tap.id}`);
    } catch (error) {
      if (error.status) this.forget(key);
      return;
    }
    const stillWaiting = this.waiting.get(key) === tap;
    if (answer.answered || Date.now() - tap.since > FORGOTTEN_AFTER) this.forget(key);
    if (answer.answered && stillWaiting) this.onAnswer(answer);
  }

  forget(key) {
    if (this.waiting.delete(key)) this.onChange();
  }

  lookLater() {
    if (this.timer || this.waiting.size === 0) return;
    this.timer = setTimeout(async () => {
      this.timer = null;
      await this.check();
      this.lookLater();
    }, LOOK_EVERY);
  }
}
