/** The ways to look at the result of one search: as a list of messages, or as pictures. */
import { type PictureKind, urls } from '../urls.js';

const pictureNames: Readonly<Record<PictureKind, string>> = {
  when: 'When',
  hours: 'Hours of the week',
  ties: 'Who with whom',
  gaps: 'What is missing',
};

export function Views({ q, shown }: { q: string; shown: PictureKind | 'list' | 'person' | 'front' }) {
  const view = (name: string, label: string, href: string) => (
    <li>
      {name === shown ? (
        <a href={href} aria-current="page">
          {label}
        </a>
      ) : (
        <a href={href}>{label}</a>
      )}
    </li>
  );
  return (
    <nav class="view-switch" aria-label="Views of this search">
      <ul>
        {view('list', 'Messages', urls.search({ q }))}
        {Object.entries(pictureNames).map(([show, label]) =>
          view(show, label, urls.pictures({ q, show: show as PictureKind })),
        )}
      </ul>
    </nav>
  );
}
