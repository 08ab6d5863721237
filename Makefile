# tengu: see `make help`
GO ?= go

.PHONY: build
build: ## build ./bin/tengu (static)
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/tengu ./cmd/tengu
