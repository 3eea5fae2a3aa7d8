/** When a page may be looked at: all of it is there, and nothing moves. */

/** As much of the board as is asked here. */
interface Board extends HTMLElement {
	readonly easel: { readonly tileBytes: number } | null;
	/** What is on it, in words; they come when the page has time. */
	readonly outline: { readonly summary: string };
}

/**
 * In the page: resolves when its pictures and letters are loaded, its board is painted and told in
 * words, nothing fades in any more, and for a third of a second nothing at all has changed.
 */
export async function whenCalm(): Promise<void> {
	const framesMin = 20;
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
	const isComing = () => {
		const images = [...document.images].filter(isSeen);
		for (const image of images) if (image.loading !== "eager") image.loading = "eager";
		const board = [...document.querySelectorAll<Board>("weft-board")].find(isSeen);
		return (
			document.querySelector(":not(:defined), .weft-room__loading") !== null ||
			images.some(({ complete }) => !complete) ||
			(board !== undefined && board.outline.summary === "")
		);
	};
	const isMoving = () =>
		document.getAnimations().some(({ playState, effect }) => {
			const endsAt = effect?.getComputedTiming().endTime ?? 0;
			return playState === "running" && endsAt !== Number.POSITIVE_INFINITY;
		});
	await document.fonts.ready;
	let before = "";
	for (let calmCount = 0; calmCount < framesMin; before = now()) {
		await new Promise(requestAnimationFrame);
		const isCalm = !isComing() && !isMoving() && before === now();
		calmCount = isCalm ? calmCount + 1 : 0;
	}
	changes.disconnect();
}
