/** When a page may be looked at: all of it is there, and nothing moves. */

/** As much of the board as is asked here. */
interface Board extends HTMLElement {
	readonly easel: { readonly tileBytes: number } | null;
	/** What is on it, in words; they come when the page has time. */
	readonly outline: { readonly summary: string };
}

/**
 * In the page: resolves when its pictures and letters are loaded, its board is painted and told in
 * words, nothing fades in any more, and for a third of a second nothing at all has changed. A page
 * that measures, or that others are busy in, always changes: it is not waited for longer than 3 s.
 *
 * @throws Error where something that should come has not come for 60 s
 */
export async function whenCalm(): Promise<void> {
	const lookEveryMs = 30;
	const calmLooksMin = 11;
	const changingMsMax = 3_000;
	const comingMsMax = 60_000;
	const isSeen = (element: Element) => element.checkVisibility();
	let changeCount = 0;
	const changes = new MutationObserver(() => changeCount++);
	const whatever = { childList: true, attributes: true, characterData: true, subtree: true };
	changes.observe(document, whatever);
	/** What would be different if something was painted or changed. */
	const now = () => {
		const board = document.querySelector<Board>("weft-board");
		return `${changeCount} ${board?.easel?.tileBytes}`;
	};
	const coming = (): string | null => {
		const part = document.querySelector("main :not(:defined), .weft-room__loading");
		if (part !== null) return part.localName;
		const images = [...document.images].filter(isSeen);
		for (const image of images) if (image.loading !== "eager") image.loading = "eager";
		const image = images.find(({ complete }) => !complete);
		if (image !== undefined) return image.src;
		const board = [...document.querySelectorAll<Board>("weft-board")].find(isSeen);
		return board?.outline.summary === "" ? "the words of the board" : null;
	};
	const isMoving = () =>
		document.getAnimations().some(({ playState, effect }) => {
			const endsAt = effect?.getComputedTiming().endTime ?? 0;
			return playState === "running" && endsAt !== Number.POSITIVE_INFINITY;
		});
	await document.fonts.ready;
	const startMs = performance.now();
	let thereMs = startMs;
	let before = "";
	for (let calmCount = 0; calmCount < calmLooksMin; before = now()) {
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
		const nowMs = performance.now();
		const part = coming();
		if (part !== null) {
			thereMs = nowMs;
			if (nowMs - startMs > comingMsMax) throw new Error(`did not come: ${part}`);
		} else if (nowMs - thereMs > changingMsMax && !isMoving()) break;
		calmCount = part === null && !isMoving() && before === now() ? calmCount + 1 : 0;
	}
	changes.disconnect();
}
