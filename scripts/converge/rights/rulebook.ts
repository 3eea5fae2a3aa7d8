/**
 * What each person may do, from moment to moment, as far as anybody outside of the server can know:
 * while something is being decided about them they may be anything.
 */
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { Act, Rights } from "../../../shared/roles.ts";

/** What somebody may do; null for who may not come in. */
export type May = Rights | null;

/** From that time on; undefined while nobody knows. */
interface Moment {
	readonly fromMs: Millis;
	readonly may: May | undefined;
}

/** A stretch of time, both ends included. */
export interface Span {
	readonly fromMs: Millis;
	readonly toMs: Millis;
}

/** See the head of this file. */
export class Rulebook {
	readonly #clock: Clock;
	readonly #moments = new Map<string, Moment[]>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** From now on somebody may do that; undefined: nobody knows. */
	note(user: string, may: May | undefined): void {
		const moments = this.#moments.get(user) ?? [];
		moments.push({ fromMs: this.#clock.elapsed(), may });
		this.#moments.set(user, moments);
	}

	/** What somebody may do now; undefined where nobody knows. */
	mayNow(user: string): May | undefined {
		return this.#moments.get(user)?.at(-1)?.may;
	}

	/** True where somebody may have been let do that at some time of a span. */
	couldHave(user: string, act: Act, span: Span): boolean {
		return this.#during(user, span).some((may) => may === undefined || may?.[act] === true);
	}

	/** True where they were let do all of that all the time; come in, where it is nothing. */
	surelyHad(user: string, acts: Iterable<Act>, span: Span): boolean {
		const asked = [...acts];
		return this.#during(user, span).every((may) => may != null && asked.every((act) => may[act]));
	}

	/** Nobody knows of a time before the first note. */
	#during(user: string, { fromMs, toMs }: Span): (May | undefined)[] {
		const moments = this.#moments.get(user) ?? [];
		const [first] = moments;
		if (first === undefined || first.fromMs > fromMs) return [undefined];
		return moments
			.filter(({ fromMs: beginMs }, index) => {
				const endMs = moments[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
				return beginMs <= toMs && endMs >= fromMs;
			})
			.map(({ may }) => may);
	}
}
