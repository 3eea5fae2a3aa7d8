/** English strings of the document. Keys begin with `text.`. */
export const textMessages = {
	"text.name": "Document",
} as const;
