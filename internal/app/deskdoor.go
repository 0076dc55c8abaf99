package app

import "net/http"

// deskDoor is everything on the desk's listener.
func (a *App) deskDoor() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.serveHealth)
	mux.HandleFunc("GET /metrics", a.serveMetrics)
	mux.Handle("POST /inbox/{source}", a.inbox().Handler())
	return mux, nil
}
