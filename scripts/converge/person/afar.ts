/**
 * Tokens whose places are known to a browser only: those that were typed there, or that somebody
 * removed there. Whoever sits at that screen answers for them, by what they say and not by place.
 */

/** One of them. */
export interface Afar {
	readonly token: string;
	/** Somebody else has seen it. */
	isShown: boolean;
	/** Also somebody else than who answers for it removed it, or brought it back. */
	isTouched: boolean;
}

/** All of a run. */
export class AfarTokens {
	readonly #tokens = new Map<string, Afar>();
	/** True where somebody sits at a screen: pages there mint client ids of their own. */
	hasScreens = false;
	/** Strokes that were drawn by mouse: the page gives them ids of its own. */
	strokeCount = 0;

	/** True where nobody sits at a screen. */
	get isEmpty(): boolean {
		return this.#tokens.size === 0;
	}

	/** One of them; undefined for a token that is not afar. */
	get(token: string): Afar | undefined {
		return this.#tokens.get(token);
	}

	/** From now on it is afar. */
	leave(token: string, isTouched: boolean): Afar {
		const afar: Afar = { token, isShown: false, isTouched };
		this.#tokens.set(token, afar);
		return afar;
	}

	/** Somebody's hand, not at a screen, put these somewhere or removed them. */
	touch(placed: readonly { readonly token: string }[]): void {
		if (this.isEmpty) return;
		for (const { token } of placed) {
			const afar = this.#tokens.get(token);
			if (afar !== undefined) afar.isTouched = true;
		}
	}
}
