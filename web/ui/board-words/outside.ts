/**
 * What `<weft-board>` says on a page of somebody else's, in both languages: nothing else of the app
 * is there to say it.
 */

/** English; each other language has the same keys. */
const english = {
	board: "Board",
	noRoom: 'Which room? Write it like this: <weft-board room="garden"></weft-board>',
	silent:
		"The board does not show. Its server is away, or does not let this page show it " +
		"(WEFT_FRAME_ANCESTORS).",
	openInTab: "Open it in a tab of its own",
};

const german: typeof english = {
	board: "Tafel",
	noRoom: 'Welcher Raum? Schreib es so: <weft-board room="garten"></weft-board>',
	silent:
		"Die Tafel zeigt sich nicht. Ihr Server ist nicht da, oder erlaubt es dieser Seite nicht " +
		"(WEFT_FRAME_ANCESTORS).",
	openInTab: "In einem eigenen Tab öffnen",
};

/** The words for a language, as a page or a browser names it. */
export function embedWords(language: string): typeof english {
	return language.toLowerCase().split("-", 1)[0] === "de" ? german : english;
}
