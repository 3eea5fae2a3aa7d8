/** English strings of the home page. Keys begin with `frame.home.` and `frame.card.`. */
import { addEnglish } from "../language.ts";

/** See above. */
export const homeMessages = addEnglish({
	"frame.home.headline": "One room for words, drawings, talk and photos",
	"frame.home.tagline":
		"Share a link, work in one place together. Nothing gets lost, even when the network does.",
	"frame.home.openByName": "Open a room by its name",
	"frame.home.namePlaceholder": "Name of a room",
	"frame.home.open": "Open",
	"frame.home.nameNote": "Anyone who guesses this name can come in.",
	"frame.home.recent": "Recent on this device",
	"frame.home.rooms": "Rooms on this server",
	"frame.home.search": "Search rooms",
	"frame.home.emptyTitle": "No rooms yet",
	"frame.home.emptyText":
		"The first one is a tap away. Draw, write, talk: it is kept from the first stroke on.",
	"frame.home.noMatch": "No room matches “{words}”.",
	"frame.home.clearSearch": "Show all rooms",
	"frame.home.unreachable": "The server does not answer. Rooms of this device are shown.",
	"frame.home.failed": "The list of rooms could not be loaded.",
	"frame.home.showMore": "Show more rooms",
	"frame.card.by": "Made {when} by {name}",
	"frame.card.byNobody": "Made {when}",
	"frame.card.changed": "Changed {when}",
	"frame.card.visited": "You were here {when}",
	"frame.card.now.one": "1 person here now",
	"frame.card.now.other": "{count} people here now",
	"frame.card.messages.one": "1 message",
	"frame.card.messages.other": "{count} messages",
	"frame.card.role.viewer": "you can look",
	"frame.card.role.commenter": "you can comment",
	"frame.card.role.owner": "you manage it",
	"frame.card.bin": "Put “{title}” into the bin",
	"frame.card.restore": "Take “{title}” out of the bin",
	"frame.home.bin": "In the bin",
	"frame.card.open": "Open room: any Yjs editor may join",
});
