/** Longest body that may be nothing but emoji: a family with skin tones takes 25 units. */
const emojiLengthMax = 80;

/** Most emoji that are still shown large. */
const emojiCountMax = 6;

/** Flags, keycaps, and pictures with their tones, joined to one (Unicode Technical Standard 51). */
const picture = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*`;
const oneEmoji = new RegExp(
	String.raw`\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|${picture}(?:\u200d${picture})*`,
	"gu",
);

/** True for one to six emoji and nothing else: such a message is shown large. */
export function isOnlyEmoji(body: string): boolean {
	if (body.length > emojiLengthMax) return false;
	const emoji = body.match(oneEmoji);
	if (emoji === null || body.replace(oneEmoji, "").trim() !== "") return false;
	return emoji.length <= emojiCountMax;
}
