/** What is typed for a field of words that is on its way, or was when its turn came. */
import type { WordsTool } from "../words/words-tool.ts";
import type { Key } from "./keys.ts";
import type { LaterTool } from "./later-tool.ts";

/**
 * Does what a key does in the field, behind what opens it; Escape gives up what opens it. False
 * where there is no field to come, and for a key that is nothing that one types.
 */
export function typeAhead(
	writing: Pick<LaterTool<WordsTool>, "arriving" | "here" | "leave" | "run">,
	{ key, ctrlKey, metaKey }: Pick<Key, "key" | "ctrlKey" | "metaKey">,
): boolean {
	const isAwaited = writing.arriving !== null || writing.here?.isTyping === true;
	const isTyped = key === "Enter" || key === "Backspace" || [...key].length === 1;
	if (!isAwaited || ctrlKey || metaKey || !(isTyped || key === "Escape")) return false;
	if (isTyped) writing.run((tool) => tool.type(key));
	else writing.leave();
	return true;
}
