import * as Y from "yjs";

type Event = Parameters<Y.Doc["emit"]>;

/**
 * The doc of a room. Yjs tells of six events in each transaction, and makes a map, an iterator and
 * an array for each of them that nobody listens to: more than a letter takes.
 */
export class RoomDoc extends Y.Doc {
	override emit(name: Event[0], args: Event[1]): void {
		if (this._observers.has(name)) super.emit(name, args);
	}
}
