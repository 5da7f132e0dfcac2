/** The moments at which a lost connection may work again: the network, the page or the person is back. */

export function onWake(wake: () => void): () => void {
  const visible = () => document.visibilityState === 'visible' && wake()
  addEventListener('online', wake)
  addEventListener('offline', wake)
  addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', visible)
  return () => {
    removeEventListener('online', wake)
    removeEventListener('offline', wake)
    removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', visible)
  }
}
