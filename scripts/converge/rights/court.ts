/** Holds what people did, and what became of it, against what they were allowed to do. */
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { Act } from "../../../shared/roles.ts";
import type { Checklist } from "../checks/checklist.ts";
import type { Entry, Mark } from "../person/page.ts";
import type { Surface } from "../person/tokens.ts";
import type { Rulebook } from "./rulebook.ts";

/** What must be allowed to put a token there, or take it away. */
const actOn: Readonly<Record<Surface, Act>> = {
	word: "document",
	embed: "document",
	stroke: "board",
	letters: "board",
	message: "chat",
	photo: "photos",
	caption: "captions",
};

/**
 * No finding, whenever: doors that are shut by time or by the people themselves, and what a network
 * that brings everything twice makes of a greeting.
 */
const ownDoors: ReadonlySet<string> = new Set([
	"token_over",
	"signed_out",
	"not_signed_in",
	"bad_frame",
]);

/** What was refused, and since when it may have been judged. */
export interface Judged {
	readonly user: string;
	readonly code: string;
	/** All that it may have held; nothing for who was not let in at all. */
	readonly acts: Iterable<Act>;
	readonly sinceMs: Millis;
}

/** See the head of this file. */
export class Court {
	readonly #clock: Clock;
	readonly #rulebook: Rulebook;
	readonly #list: Checklist;
	/** When who put each token where it is, or took it away. */
	readonly #deeds = new Map<Mark, Map<string, Millis>>();
	readonly #removals = new Map<Mark, Map<string, Millis>>();

	constructor(clock: Clock, rulebook: Rulebook, list: Checklist) {
		this.#clock = clock;
		this.#rulebook = rulebook;
		this.#list = list;
	}

	/** Somebody's hand did that, on a page that may be offline. */
	did(user: string, entries: readonly Entry[]): void {
		for (const { kind, mark } of entries) {
			const held = kind === "put" ? this.#deeds : this.#removals;
			const times = held.get(mark) ?? new Map<string, Millis>();
			// Who removes what came back did it first when they did it first.
			if (!times.has(user)) times.set(user, this.#clock.elapsed());
			held.set(mark, times);
		}
	}

	/** The server showed that to others, or called it saved: somebody must have been let do it. */
	promised({ kind, mark }: Entry): void {
		const times = (kind === "put" ? this.#deeds : this.#removals).get(mark);
		if (times === undefined) return;
		const act = actOn[mark.surface];
		const toMs = this.#clock.elapsed();
		const isAllowed = [...times].some(([user, fromMs]) =>
			this.#rulebook.couldHave(user, act, { fromMs, toMs }),
		);
		const what = kind === "put" ? mark.token : `the removal of ${mark.token}`;
		const who = [...times.keys()].join(" and ");
		const wrong = `${what} by ${who}, who might not touch ${mark.surface}s, was taken`;
		this.#list.ask("rights hold", isAllowed ? null : wrong);
	}

	/** An honest page was refused a write, or sent away. */
	refused({ user, code, acts, sinceMs }: Judged): void {
		if (ownDoors.has(code)) return;
		const span = { fromMs: sinceMs, toMs: this.#clock.elapsed() };
		const isWrong = this.#rulebook.surelyHad(user, acts, span);
		this.#list.ask("the honest stay", isWrong ? `${user} was refused with ${code}` : null);
	}
}
