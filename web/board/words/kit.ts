/** What is fetched with the first words: their layout, their painter, their tool and the field. */
import "./words.css";
import { WordsEditor } from "./editor.ts";
import { openMeasure } from "./font.ts";
import { WordsLayer } from "./layout.ts";
import { paintWords } from "./words-painter.ts";
import { WordsTool, type WordsToolPorts } from "./words-tool.ts";

/** The words of one board. */
export class WordsKit {
	/** Puts them down. */
	readonly tool: WordsTool;
	/** The field in which they are typed. */
	readonly editor: WordsEditor;

	constructor(ports: Omit<WordsToolPorts, "lay">) {
		const layer = new WordsLayer(openMeasure());
		const lay: WordsToolPorts["lay"] = (item) => layer.lay(item);
		ports.stage.layer.paintWords(paintWords);
		ports.scene.layWords(lay);
		this.editor = new WordsEditor({ ...ports, lay });
		this.tool = new WordsTool({ ...ports, lay }, this.editor);
	}

	/** Ends what is being typed. */
	close(): void {
		this.editor.finish();
	}
}
