import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props<Entry> {
  /** Names the list for screen readers. */
  label: string;
  /** The newest first. */
  entries: readonly Entry[];
  selectedId: number | undefined;
  onSelect(id: number): void;
  children(entry: Entry): ComponentChildren;
}

const rowHeight = 40;
/** Rows above and below what is visible, so that fast scrolling shows no gaps. */
const margin = 8;

/** A list of any length, of which only the visible rows are in the page. The arrow keys move the selection. */
export function RowsList<Entry extends { id: number }>(props: Props<Entry>) {
  const { label, entries, selectedId, onSelect, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const newest = useRef<number | undefined>(undefined);

  const measure = () => {
    if (box.current) setView({ top: box.current.scrollTop, height: box.current.clientHeight });
  };
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  // Who has scrolled away from the newest rows keeps what he reads in its place.
  useLayoutEffect(() => {
    const added = entries.findIndex(({ id }) => id === newest.current);
    newest.current = entries[0]?.id;
    if (added > 0 && box.current && box.current.scrollTop > 0) box.current.scrollTop += added * rowHeight;
  });

  const first = Math.max(0, Math.floor(view.top / rowHeight) - margin);
  const last = Math.min(entries.length, Math.ceil((view.top + view.height) / rowHeight) + margin);
  const selected = entries.findIndex(({ id }) => id === selectedId);

  const moveTo = (index: number) => {
    const target = Math.max(0, Math.min(entries.length - 1, index));
    const entry = entries[target];
    if (!entry || !box.current) return;
    onSelect(entry.id);
    const { scrollTop, clientHeight } = box.current;
    if (target * rowHeight < scrollTop) box.current.scrollTop = target * rowHeight;
    if ((target + 1) * rowHeight > scrollTop + clientHeight) {
      box.current.scrollTop = (target + 1) * rowHeight - clientHeight;
    }
    measure();
  };
  const pageRows = Math.max(1, Math.floor(view.height / rowHeight) - 1);
  const targets: Record<string, number> = {
    ArrowDown: selected + 1,
    ArrowUp: selected - 1,
    PageDown: selected + pageRows,
    PageUp: selected - pageRows,
    Home: 0,
    End: entries.length - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
  };

  const isVisible = selected >= first && selected < last;
  return (
    <div
      class="rows"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      ref={box}
      onScroll={measure}
      onKeyDown={onKeyDown}
      {...(isVisible && { "aria-activedescendant": `row-${selectedId}` })}
    >
      <div class="rows-space" role="presentation" style={{ height: `${entries.length * rowHeight}px` }}>
        {entries.slice(first, last).map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list move the selection.
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names its active row.
          <div
            key={entry.id}
            id={`row-${entry.id}`}
            class="row"
            role="option"
            aria-selected={entry.id === selectedId}
            aria-setsize={entries.length}
            aria-posinset={first + index + 1}
            style={{ transform: `translateY(${(first + index) * rowHeight}px)` }}
            onClick={() => onSelect(entry.id)}
          >
            {children(entry)}
          </div>
        ))}
      </div>
    </div>
  );
}
