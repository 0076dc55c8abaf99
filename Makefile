# Needs Go, git and make. Everything else is installed by the scripts, where it can be.

GO ?= go
GOLANGCI = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: help build demo test race lint bench clean

help:
	@echo 'make demo    a whole newsroom on this machine (ARGS="--lang en" adds flags)'
	@echo 'make build   the program, as one static file: bin/rotatif'
	@echo 'make test    everything that must hold; installs what the tests need'
	@echo 'make race    the same tests under the race detector (needs a C compiler)'
	@echo 'make lint    golangci-lint, built on first use'
	@echo 'make bench   measures beside nginx, on this machine; installs nginx and wrk'

build:
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/rotatif ./cmd/rotatif

demo: build
	bin/rotatif demo $(ARGS)

test:
	scripts/setup-tests
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not gofmt'd:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) test -count=1 -timeout=20m ./...

race:
	scripts/setup-tests
	CGO_ENABLED=1 $(GO) test -race -count=1 -timeout=40m ./...

lint:
	$(GO) run $(GOLANGCI) run ./...

bench: build
	scripts/setup-bench
	CGO_ENABLED=0 $(GO) build -o bin/bench ./bench
	PATH="$$PATH:/usr/sbin" bin/bench -rotatif bin/rotatif $(ARGS)

clean:
	rm -rf bin test/node/node_modules
