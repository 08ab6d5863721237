module tengu

go 1.26
