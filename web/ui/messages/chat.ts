/** English strings of the chat. Keys begin with `chat.`. */
export const chatMessages = {
	"chat.name": "Chat",
} as const;
