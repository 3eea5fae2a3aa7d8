/** Paints words where they stand, without touching the DOM (CSS Custom Highlight API). */

/**
 * Paints ranges under a name that a style sheet gives its looks; does nothing in older browsers.
 * Where two names meet, the one of higher priority is seen.
 */
export function paint(name: string, ranges: readonly AbstractRange[], priority = 0): void {
	if (globalThis.CSS?.highlights === undefined) return;
	// WebKit paints a word anew where it leaves its highlight, but not where the highlight goes.
	CSS.highlights.get(name)?.clear();
	if (ranges.length === 0) {
		CSS.highlights.delete(name);
		return;
	}
	const highlight = new Highlight();
	highlight.priority = priority;
	for (const range of ranges) highlight.add(range);
	CSS.highlights.set(name, highlight);
}
