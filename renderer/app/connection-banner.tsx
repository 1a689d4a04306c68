import { useConnection } from '#renderer/lib/connection.ts';

/** Says that nothing can be run while main is away; edits stay in the window. */
export function ConnectionBanner() {
  const lost = useConnection((state) => state.lost);
  if (!lost) return null;
  return (
    <div className="banner" role="status">
      Reconnecting… Your circuits stay here and are saved as soon as the connection is back.
    </div>
  );
}
