/** Who is writing a message right now: told to the others, and read from them. */
import type { PresenceState } from "../../shared/awareness.ts";
import type { Cancel, Clock } from "../../shared/clock.ts";
import { t } from "../ui/messages.ts";

/** Whoever pauses longer is no longer typing. */
const pauseMs = 4_000;

/** Tells the others while keys are pressed: two messages for a whole sentence, not one a key. */
export class TypingSignal {
	readonly #tell: (typing: boolean) => void;
	readonly #clock: Clock;
	#cancel: Cancel = () => undefined;
	#isTyping = false;

	constructor(tell: (typing: boolean) => void, clock: Clock) {
		this.#tell = tell;
		this.#clock = clock;
	}

	/** A key was pressed. */
	pressed(): void {
		this.#cancel();
		this.#cancel = this.#clock.after(pauseMs, () => this.stop());
		if (this.#isTyping) return;
		this.#isTyping = true;
		this.#tell(true);
	}

	/** Sent, emptied, left or paused. Safe to call twice. */
	stop(): void {
		this.#cancel();
		if (!this.#isTyping) return;
		this.#isTyping = false;
		this.#tell(false);
	}
}

/** A sentence about who of the others is typing; empty where nobody is. */
export function sayTyping(people: readonly { readonly state: PresenceState }[]): string {
	const names = new Map<string, string>();
	for (const { state } of people) {
		if (state.typing !== true || state.user === undefined) continue;
		names.set(state.user.id, state.user.name);
	}
	const [first = "", second = ""] = names.values();
	if (names.size === 0) return "";
	if (names.size === 1) return t("chat.typing.one", { name: first });
	if (names.size === 2) return t("chat.typing.two", { first, second });
	return t("chat.typing.many");
}
