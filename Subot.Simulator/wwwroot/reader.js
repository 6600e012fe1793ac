/** Keeps a list that is read at its end there when it grows or its room shrinks. */
export function read(list) {
  let isAtEnd = true;
  const follow = () => {
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener('scroll', () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  });
  new ResizeObserver(follow).observe(list);
  new MutationObserver(follow).observe(list, { childList: true });
  return {
    toEnd() {
      isAtEnd = true;
      follow();
    },
    /** Brings a message into view and marks it for a moment; false when it is not there. */
    show(ts) {
      const row = list.querySelector(`article[data-ts="${CSS.escape(ts)}"]`);
      if (!row) return false;
      isAtEnd = false;
      row.scrollIntoView({ block: 'center' });
      row.classList.add('target');
      return true;
    },
  };
}
